"""wpmi-lint verify: whether the files of a release are still the ones that its receipt cleared."""

from __future__ import annotations

from wpmi_lint.cli.options import COMMON, Command, Settings
from wpmi_lint.errors import UsageError
from wpmi_lint.report.text import clean, counted
from wpmi_lint.status import CLEAN, FOUND

SAYS = {
    "changed": "is not the file that was checked",
    "missing": "was checked and is gone",
    "new": "was not there when the release was checked",
    "refused": "was refused when it was checked",
}


def run(settings: Settings) -> int:
    """Compare the files with a receipt: status 0 where all are still the ones cleared, else 1."""
    from wpmi_lint.release.verify import verify

    if len(settings.operands) not in (1, 2):
        raise UsageError(
            "verify takes a receipt, and its folder where that has moved", "wpmi-lint verify RECEIPT [FOLDER]"
        )
    verified = verify(*settings.operands)
    for difference in verified.differences:
        print(f"{clean(difference.name)}: {SAYS[difference.what]}")
    count = counted(verified.files, "file")
    name = clean(verified.release)
    print(f"{name}: not as cleared" if verified.differences else f"{name}: {count}, all as cleared")
    return FOUND if verified.differences else CLEAN


COMMAND = Command(
    operands="RECEIPT [FOLDER]",
    summary="compare the files of a release with the receipt that cleared them",
    more="Give the folder where the release has moved. The status is 0 only where the release was cleared and every "
    "file is still the one that was checked.",
    options=COMMON,
    examples=("wpmi-lint verify 2012-q3.receipt.json", "wpmi-lint verify 2012-q3.receipt.json copies/2012-q3"),
    run=run,
)
