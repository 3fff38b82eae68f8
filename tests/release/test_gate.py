"""The gate that docs/ci describes works: it lets the release in order out, writes its receipt, and stops the other."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
REPOSITORY = ROOT / "examples" / "release-repository"


def script(name: str) -> str:
    """The shell script of a CI file, without what installs the tool."""
    document = yaml.safe_load((ROOT / "docs/ci" / name).read_text())
    if name.startswith("gitlab"):
        lines = document["release"]["script"]
    else:
        lines = [step["run"] for step in document["jobs"]["gate"]["steps"] if "run" in step]
    return "\n".join(line for line in lines if "pip install" not in line)


@pytest.mark.skipif(not shutil.which("bash"), reason="the scripts are for bash")
@pytest.mark.parametrize("name", ["github-actions.yml", "gitlab-ci.yml"])
def test_the_gate(name: str, tmp_path: Path) -> None:
    tool = tmp_path / "bin" / "wpmi-lint"
    tool.parent.mkdir()
    tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m wpmi_lint "$@"\n')
    tool.chmod(0o755)
    repository = tmp_path / "repository"
    shutil.copytree(REPOSITORY, repository)
    environment = os.environ | {"PATH": f"{tool.parent}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "CI": "1"}

    def gate() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-ec", script(name)], cwd=repository, env=environment, capture_output=True, text=True
        )

    assert gate().returncode == 1
    shutil.rmtree(repository / "releases" / "2012-10-bradford")
    done = gate()
    assert done.returncode == 0, done.stdout + done.stderr
    assert [path.name for path in (repository / "receipts").iterdir()] == ["2012-09-leeds.receipt.json"]
