"""Every way in the table is described."""

from wpmi_lint.carried.ways import WAYS


def test_every_way_says_where_to_click() -> None:
    for way in WAYS.values():
        assert way.see
        assert way.remove
        assert way.visible_name
