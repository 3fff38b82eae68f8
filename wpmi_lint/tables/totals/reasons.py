"""Why a line is a total, in a short sentence for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpmi_lint.tables.lexicon import totals as words

if TYPE_CHECKING:
    from wpmi_lint.tables.totals.lines import Lines
    from wpmi_lint.tables.totals.relations import Sum

ACROSS = {"row": "columns", "column": "rows", "member": "groups"}
LONGEST = 60  # characters of a label that are quoted


def reason(lines: Lines, summed: Sum) -> str:
    """Why a sum was accepted: what the label says, and where the sum holds."""
    used, held, exact = summed.trial
    if used == 0:
        holds = "no sum can be tried"
    elif used == 1:
        holds = "the sum holds" if exact else "the sum does not hold"
    elif 2 * exact >= used:
        holds = f"the sum holds in {exact} of {used} {ACROSS[lines.axis]}"
    else:
        holds = f"the sum holds within rounding in {held} of {used} {ACROSS[lines.axis]}"
    if lines.says[summed.total] >= words.PLACE:
        text = f"{quoted(lines, summed.total)}; {holds}"
    else:
        text = f"{holds}, more than chance explains"
    return f'{text} (among "{_short(summed.family)}")' if summed.family else text


def orphan(lines: Lines, line: int) -> str:
    """Why a line is a total though its parts are not shown."""
    return f"{quoted(lines, line)}; its parts are not shown"


def quoted(lines: Lines, line: int) -> str:
    """What the label of a line says."""
    return f'{lines.axis} label says "{_short(words.telling(lines.labels[line]))}"'


def _short(label: str) -> str:
    return " ".join(label.split())[:LONGEST]
