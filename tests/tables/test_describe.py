import json

from tests.tables.helpers import table
from wpmi_lint.tables.describe import describe

KEYS = "id sheet range header stub body title form label dimensions by columns totals"


def test_keys_and_ranges() -> None:
    found = describe(table("Internal referrals\n\nPG,Apr,May\nPG1,20,40\nPG2,20,20\nTotal,40,60\n"))
    assert set(KEYS.split()) <= set(found)
    assert (found["range"], found["header"], found["stub"], found["body"]) == ("A3:C6", "A3:C3", "A4:A6", "B4:C6")
    assert (found["title"], found["form"], found["label"]) == ("Internal referrals", "cross", "internal")
    assert found["by"] == {"payment_group": "rows", "period": "columns"}
    assert found["columns"] == [
        {"ref": ref, "header": [month], "measure": "referrals", "kind": None, "statistic": "count", "why": "title"}
        for ref, month in (("B", "Apr"), ("C", "May"))
    ]
    totals = found["totals"]
    assert isinstance(totals, list)
    assert [(t["total"], t["parts"]) for t in totals] == [("B6", ["B4", "B5"]), ("C6", ["C4", "C5"])]
    json.dumps(found)
