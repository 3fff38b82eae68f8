"""The table of ways and the noun that policies speak of agree."""

from wpmi_lint.carried.ways import WAYS
from wpmi_lint.nouns import NOUNS


def test_noun_and_table_name_the_same_ways() -> None:
    assert NOUNS["hidden"]["what"].type == tuple(WAYS)


def test_every_way_says_where_to_click() -> None:
    for way in WAYS.values():
        assert way.see
        assert way.remove
        assert way.visible_name
