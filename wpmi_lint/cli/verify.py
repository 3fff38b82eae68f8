"""wpmi-lint verify: whether the files of a release are still the ones that its receipt cleared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.errors import UsageError
from wpmi_lint.report.text import clean

if TYPE_CHECKING:
    from wpmi_lint.cli.arguments import Arguments

SAYS = {
    "changed": "is not the file that was checked",
    "missing": "was checked and is gone",
    "new": "was not there when the release was checked",
    "refused": "was refused when it was checked",
}


def run(arguments: Arguments) -> int:
    """Hold a receipt against the files: status 0 where all are still the ones cleared, else 1."""
    from wpmi_lint.release.verify import verify

    if len(arguments.operands) not in (1, 2):
        raise UsageError(
            "verify takes a receipt, and its folder where that has moved", "wpmi-lint verify RECEIPT [FOLDER]"
        )
    verified = verify(*arguments.operands)
    for difference in verified.differences:
        print(f"{clean(difference.name)}: {SAYS[difference.what]}")
    count = f"{verified.files} file{'' if verified.files == 1 else 's'}"
    name = clean(verified.release)
    print(f"{name}: not as cleared" if verified.differences else f"{name}: {count}, all as cleared")
    return 1 if verified.differences else 0
