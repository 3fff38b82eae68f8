"""Named checks: what can be worked out, for rules that say `check NAME(…)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.evaluate.columns import FALSE, TRUE, UNKNOWN
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from wpmi_lint.model import Table
    from wpmi_lint.policy.resolved import Scalar
    from wpmi_lint.tables.breakdown import Breakdown


class Subject(NamedTuple):
    """What a named check looks at: a table and, for the noun breakdown, its sets of shares."""

    table: Table
    breakdowns: Sequence[Breakdown]


def _smallest_base(subject: Subject, parameters: Mapping[str, Scalar]) -> NDArray[np.uint8]:
    """Shares so exact that only a base of fewer than `at_least` people, or few bases, can have given them."""
    from wpmi_lint.deduce.shares import smallest_base  # fractions are slow to import, and few files have shares

    limit = int(float(str(parameters["at_least"])))
    value = subject.table.value.reshape(-1)
    verdicts = []
    for breakdown in subject.breakdowns:
        shares = value[breakdown.cells]
        if not breakdown.complete or np.isnan(shares).any():
            verdicts.append(UNKNOWN)
            continue
        base = smallest_base(shares.tolist(), breakdown.decimals, limit)
        verdicts.append(TRUE if base is None else FALSE)
    return np.array(verdicts, np.uint8)


CHECKS: dict[str, Callable[[Subject, Mapping[str, Scalar]], NDArray[np.uint8]]] = {
    "smallest_base": _smallest_base,
}
