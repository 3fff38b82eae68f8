"""What CSV and JSON files carry beside their tables."""

import json

import pytest

from wpmi_lint.carried import Hidden
from wpmi_lint.formats import hidden, open_file

TABLE = "Area,Referrals,Attachments\nNorth,140,120\nSouth,60,40\nTotal,200,160\n"


def found(text: str, name: str = "x.csv") -> dict[str, Hidden]:
    document = open_file(name, text.encode())
    assert not document.unread, document
    return {thing.what: thing for thing in hidden(document)}


CSV = [
    ("extra-columns", TABLE.replace("60,40", "60,40,57,38"), 2),
    ("rows-after-table", TABLE + "\n" * 40 + "North,137\n", 1),
    ("comment-lines", "# exported by A. Person\n" + TABLE, 0),
    ("formula-injection", TABLE.replace("South", '=HYPERLINK(""""http://x"""")').replace('""', "'"), 0),
    ("formula-injection", TABLE.replace("South", "@SUM(1+1)*cmd|' /C calc'!A0"), 0),
    ("padded-cells", TABLE.replace("South", "South" + " " * 60 + "(true figure 57)"), 0),
    ("control-characters", TABLE.replace("South", "So\u200buth"), 0),
]


@pytest.mark.parametrize(("what", "text", "figures"), CSV)
def test_csv(what: str, text: str, figures: int) -> None:
    thing = found(text)[what]
    assert thing.figures == figures
    assert thing.way.see


CLEAN = [
    TABLE,
    "Referrals by area\n\n" + TABLE + "\nSource: internal MI\n",
    TABLE.replace("140", "-140"),
    TABLE.replace("140", "-"),
    TABLE.replace("140", "+3.5%"),
    TABLE.replace("North", '="0012"'),
    TABLE.replace("Referrals", "# Referrals"),
    "Area,2011,2012\nNorth,140,120\nSouth,60,40\n",
    TABLE + "\n\nArea,Referrals,Attachments,Job starts\nNorth,140,120,20\nSouth,60,40,20\n",
    "E-mail: stats@example.gov.uk\n" + TABLE,
]


@pytest.mark.parametrize("text", CLEAN)
def test_clean_csv(text: str) -> None:
    assert found(text) == {}


ROWS = [{"area": "North", "referrals": 140}, {"area": "South", "referrals": 60}]


def test_json_keys_that_no_table_uses() -> None:
    text = json.dumps({"title": "Referrals", "rows": ROWS, "debug": {"unrounded": [137, 61], "by": "A. Person"}})
    thing = found(text, "x.json")["unused-keys"]
    assert thing.figures == 2
    assert thing.words == ("A. Person",)


def test_json_exact_values_beside_rounded_ones() -> None:
    rows = [{**row, "referrals_raw": 137} for row in ROWS]
    assert found(json.dumps(rows), "x.json")["exact-values"].figures == 2


@pytest.mark.parametrize("value", [ROWS, {"title": "Referrals", "notes": ["Internal MI"], "rows": ROWS}])
def test_clean_json(value: object) -> None:
    assert found(json.dumps(value), "x.json") == {}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unused_keys_in_any_encoding(encoding: str) -> None:
    value = {"data": [{"Area": "Leeds", "Male": 40}, {"Area": "York", "Male": 20}], "cache": {"exact": 37}}
    document = open_file("x.json", json.dumps(value).encode(encoding))
    assert [(thing.what, thing.figures) for thing in hidden(document)] == [("unused-keys", 1)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_what_a_csv_hides_in_any_encoding(encoding: str) -> None:
    text = TABLE.replace("South", "@SUM(1)​")
    things = {thing.what: thing for thing in hidden(open_file("x.csv", text.encode(encoding)))}
    assert things.keys() == {"formula-injection", "control-characters"}
    assert things["control-characters"].where == "1 character"


def test_samples_have_the_letters_of_the_file() -> None:
    document = open_file("x.csv", TABLE.replace("South", "@CAFÉ(1)").replace("North", "@SUM(£)").encode("cp1252"))
    assert [thing.words for thing in hidden(document)] == [("@SUM(",)]
