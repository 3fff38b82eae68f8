"""Number formats reduced to what changes the meaning of a figure."""

import pytest

from wpmi_lint.model import NumberFormat
from wpmi_lint.package.numberformat import BUILT_IN, number_format


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("General", {}),
        ("", {}),
        ("@", {}),
        ("0", {"decimals": 0}),
        ("#,##0", {"decimals": 0}),
        ("#,##0.00_);(#,##0.00)", {"decimals": 2}),
        ("0%", {"percent": True, "decimals": 0}),
        ("0.0%", {"percent": True, "decimals": 1}),
        ('0.0" %"', {"decimals": 1}),
        ("#,##0,", {"decimals": 0, "divisor": 1000}),
        ('#,##0.0,,"m"', {"decimals": 1, "divisor": 1_000_000}),
        ("£#,##0", {"money": True, "decimals": 0}),
        ('"£"#,##0.00', {"money": True, "decimals": 2}),
        ("[$£-809]#,##0;[Red]-[$£-809]#,##0", {"money": True, "decimals": 0}),
        ('_-"£"* #,##0.00_-;-"£"* #,##0.00_-;_-"£"* "-"??_-;_-@_-', {"money": True, "decimals": 2}),
        ('_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-', {"decimals": 0}),
        ("dd/mm/yyyy", {"date": True}),
        ("mmm-yy", {"date": True}),
        ("[h]:mm:ss", {"date": True}),
        ("hh:mm AM/PM", {"date": True}),
        ("[$-809]d mmmm yyyy;@", {"date": True}),
        ("yyyy\\-mm\\-dd", {"date": True}),
        ("0.00E+00", {"decimals": 2}),
        ("# ?/?", {"decimals": 0}),
        (";;;", {"invisible": True}),
        (";;", {"invisible": True}),
        ('""', {"invisible": True}),
        (";;;@", {"invisible": True}),
        ('[<5]"*";#,##0', {"decimals": 0}),
        ('[=0]"-";[<20]"[c]";0', {"decimals": 0}),
        ('0" days"', {"decimals": 0}),
        ('#,##0\\ "hours"', {"decimals": 0}),
        ("General\\ ", {}),
    ],
)
def test_format(code: str, said: dict[str, object]) -> None:
    found = number_format(code)
    assert found == NumberFormat(code or "General")._replace(**said)  # type: ignore[arg-type]


def test_built_in_formats() -> None:
    assert number_format(BUILT_IN[9]).percent
    assert number_format(BUILT_IN[14]).date
    assert number_format(BUILT_IN[44]).money
    assert number_format(BUILT_IN[3]).decimals == 0


@pytest.mark.parametrize(
    "code", ['"', "[", "\\", "_", "[$", '"a', "%", ";" * 600, "[" * 600, "0" * 100_000, "\\" * 5001]
)
def test_odd_codes_are_taken_as_they_are(code: str) -> None:
    assert number_format(code).code == code
