"""However many cells are wrong, what is listed one by one is bounded, and all of it is counted."""

import csv
import io

from wpmi_lint.evaluate.rules import LISTED, LISTED_IN_FILE
from wpmi_lint.policy import load
from wpmi_lint.run import Options, Task, check

LABEL = "Internal management information for Leeds City Council only"


def table(rows: int) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([[LABEL], ["Area", "Referrals"], *([f"Area {i}", 20 * i + 3] for i in range(rows))])
    return out.getvalue().encode()


def test_a_table_of_nothing_but_faults() -> None:
    result = check([Task("a.csv", table(LISTED + 500))], load("work-programme"), Options("2012-10-01"))
    findings = [f for f in result.files[0].findings if f.rule == "WP101"]
    assert len(findings) == LISTED
    assert findings[-1].more == 500
    assert result.summary.errors >= LISTED + 500


def test_the_bound_of_a_file_is_larger_than_that_of_a_table() -> None:
    assert LISTED < LISTED_IN_FILE
