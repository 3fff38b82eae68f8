"""Number formats reduced to what changes the meaning of a figure."""

import pytest

from wpmi_lint.model import NumberFormat
from wpmi_lint.package.numberformat import BUILT_IN, lost, number_format, shown


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


SHOWN = [
    (17, "General", "17"),
    (19.6, "0", "20"),
    (2.5, "0", "3"),
    (-2.5, "0", "-3"),
    (0.5, "0", "1"),
    (1.005, "0.00", "1.01"),
    (1234567.891, "#,##0.00", "1,234,567.89"),
    (832756.87, "#,##0,", "833"),
    (1234567, '0.0,,"m"', "1.2m"),
    (0.1234, "0.0%", "12.3%"),
    (-5.5, "#,##0;(#,##0)", "(6)"),
    (0, '0;-0;"-"', "-"),
    (17, ";;;", ""),
    (17, '[<20]"<20";0', "<20"),
    (25, '[<20]"<20";0', "25"),
    (1500, '[>999999]#,,"M";[>999]#,"K";#', "2K"),
    (17, '"20"', "20"),
    (2, '0"0"', "20"),
    (5551234567, "(000) 000-0000", "(555) 123-4567"),
    (7, "000", "007"),
    (0.5, "#.##", ".5"),
    (1.5, "# ?/?", "1 1/2"),
    (12345.678, "0.00E+00", "1.23E+04"),
    (17, "[$£-809]#,##0.00", "£17.00"),
    (3, 'General" people"', "3 people"),
    ("Leeds", "0;0;0;", ""),
    ("Leeds", "@", "Leeds"),
]


@pytest.mark.parametrize(("value", "code", "text"), SHOWN)
def test_shown(value: float | str, code: str, text: str) -> None:
    assert shown(value, code).strip() == text


LOST = [
    (19.6, "0", "rounding"),
    (20, "0", ""),
    (0.1 + 0.2, "0.0", ""),
    (17432, "#,##0,", "scaling"),
    (17, ";;;", "invisible"),
    (0, ";;;", ""),
    (17, '_-* #,##0_-;\\-* #,##0_-;_-* "-"??_-;_-@_-', ""),
    (0, '_-* #,##0_-;\\-* #,##0_-;_-* "-"??_-;_-@_-', ""),
    (40000.5, "dd/mm/yyyy", ""),
    (17.123456789, "General", ""),
    (2, '0"0"', "rounding"),
    (3, '0" m2"', ""),
]


@pytest.mark.parametrize(("value", "code", "loss"), LOST)
def test_lost(value: float, code: str, loss: str) -> None:
    assert lost(value, code) == loss
