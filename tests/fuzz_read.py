"""Mutates real files and reads them in a child process: `python tests/fuzz_read.py FOLDER... --cases 1000 --seed 1`.

Every case must end within its time and memory, with a Document or a reason; with `--check` the whole check runs,
reports included. A case is its seed: `--only SEED` reads it again. What is found becomes a test.
"""

from __future__ import annotations

import argparse
import io
import random
import resource
import subprocess
import sys
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SUFFIXES = (".csv", ".json", ".xlsx", ".xlsm", ".ods")
SECONDS, MEGABYTES, LARGEST = 15, 3000, 400_000
WORDS = (
    *(b"0", b"-1", b"999999999999", b"1048577", b"XFD1048576", b"NaN", b"1e999", b"\\ud800", b"sep=;\n", b"PK\x05\x06"),
    *(b"\0", b"\xff\xfe", b"\xc3", b'"', b"'", b"<", b">", b"&", b"]]>", b"{", b"[", b",", b";", b"\r", b"\n", b"%"),
    *(b"<!DOCTYPE a>", b'<c r="A1"', b"</row>", b't="s"', b'table:number-columns-repeated="99999"'),
)


def mutate(data: bytes, random: random.Random) -> bytes:
    """A few random changes of bytes, runs and lengths."""
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 4, 16))):
        at = random.randrange(len(changed) + 1)
        end = min(len(changed), at + random.choice((1, 1, 4, 40, 4000)))
        kind = random.randrange(7)
        if kind == 0 and at < len(changed):
            changed[at] = random.randrange(256)
        elif kind == 1:
            del changed[at:end]
        elif kind == 2:
            changed[at:at] = changed[at:end] * random.choice((1, 2, 50))
        elif kind == 3:
            changed[at:end] = random.choice(WORDS)
        elif kind == 4:
            changed[at:at] = random.choice(WORDS) * random.choice((1, 1, 3, 500))
        elif kind == 5:
            source = random.randrange(len(changed) + 1)
            changed[at:end] = changed[source : source + end - at]
        elif random.random() < 0.2:
            del changed[at:]
    return bytes(changed)


def mutate_archive(data: bytes, random: random.Random) -> bytes:
    """The archive with one or two parts changed inside, packed again."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        chosen = {random.choice(names) for _ in range(random.choice((1, 1, 2)))}
        core = [name for name in names if name.endswith(("sheet1.xml", "workbook.xml", "styles.xml", "content.xml"))]
        if core and random.random() < 0.7:
            chosen.add(random.choice(core))
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
            for name in dict.fromkeys(names):
                part = archive.read(name)
                new.writestr(name, mutate(part, random) if name in chosen else part)
    return target.getvalue()


def case(files: list[Path], seed: int) -> tuple[Path, bytes]:
    """The file and the bytes of a case."""
    chance = random.Random(seed)
    path = chance.choice(files)
    data = path.read_bytes()
    if data[:2] == b"PK" and chance.random() < 0.85:
        try:
            return path, mutate_archive(data, chance)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, KeyError, OSError, EOFError, ValueError):
            pass
    return path, mutate(data, chance)


def run(files: list[Path], first: int, last: int, whole: bool) -> None:
    """The child: say each seed before it is read, then whether it was read."""
    sys.path.insert(0, str(ROOT))
    judge = checked if whole else only_read
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20, MEGABYTES << 20))
    for seed in range(first, last):
        path, data = case(files, seed)
        print("case", seed, path.name, len(data), flush=True)
        started = time.process_time()
        resource.setrlimit(resource.RLIMIT_CPU, (int(resource.getrusage(0).ru_utime) + SECONDS * 2, -1))
        judge(path.name, data)
        print("done", round(time.process_time() - started, 3), flush=True)


def only_read(name: str, data: bytes) -> None:
    """Read a case; what comes of it must be whole."""
    from wpmi_lint.formats import locate, open_file

    found = open_file(name, data)
    for refusal in found.refusals:
        assert refusal.reason, "no reason"
        assert refusal.help, "no help"
        assert "\n" not in refusal.reason, "a reason of several lines"
        assert len(refusal.reason) < 400, "a long reason"
    for number, sheet in enumerate(found.sheets):
        assert sheet.width == max(map(len, sheet.rows), default=0), "width"
        if sheet.styles is not None:
            assert sheet.styles.format.shape == (len(sheet.rows), sheet.width), "shape of styles"
        if sheet.rows and sheet.width:
            locate(found, number, len(sheet.rows) - 1, sheet.width - 1)


def checked(name: str, data: bytes) -> None:
    """Check a case and write every report about it."""
    from wpmi_lint.policy import load
    from wpmi_lint.report import REPORTERS, render
    from wpmi_lint.report.disclosure import redact
    from wpmi_lint.run import Options, Task, check

    policy = load("work-programme", whole=False)
    result = check([Task(name, data)], policy, Options("2012-10-01", excerpts=True, describe=True))
    report = redact(result, "published")
    for form in REPORTERS:
        render(form, report)


def watch(arguments: list[str], first: int, last: int) -> int:
    """The parent: start a child, and another one after each case that ended it."""
    bad = 0
    while first < last:
        command = [sys.executable, __file__, *arguments, "--child", str(first), str(last)]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        current, slow = "", 0.0
        assert child.stdout is not None
        for line in child.stdout:
            if line.startswith("case"):
                current = line.strip()
            elif float(line.split()[1]) > 5:
                slow += 1
                print("SLOW", current, line.strip(), flush=True)
        _, errors = child.communicate()
        if child.returncode == 0:
            return bad + int(slow)
        bad += 1
        print("BAD", current, "status", child.returncode, errors.strip().splitlines()[-6:], flush=True)
        first = int(current.split()[1]) + 1 if current else last
    return bad


def main() -> None:
    """Read the options; run, or run one case."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--child", nargs=2, type=int)
    options = parser.parse_args()
    found = (path for folder in options.folders for path in sorted(folder.rglob("*")))
    files = [path for path in found if path.suffix in SUFFIXES and path.stat().st_size < LARGEST]
    if options.child:
        run(files, *options.child, options.check)
    elif options.only is not None:
        run(files, options.only, options.only + 1, options.check)
    else:
        arguments = [*map(str, options.folders), *(["--check"] if options.check else [])]
        bad = watch(arguments, options.seed, options.seed + options.cases)
        print(options.cases, "cases,", bad, "bad")
        sys.exit(bad > 0)


if __name__ == "__main__":
    main()
