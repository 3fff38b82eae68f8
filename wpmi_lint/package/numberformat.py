"""Number formats of workbooks, reduced to what changes the meaning of a figure (ECMA-376 part 1, 18.8.30 and 31)."""

from __future__ import annotations

import re

from wpmi_lint.model import NumberFormat

BUILT_IN: dict[int, str] = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"£"#,##0',
    6: '"£"#,##0',
    7: '"£"#,##0.00',
    8: '"£"#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    41: "#,##0",
    42: '"£"#,##0',
    43: "#,##0.00",
    44: '"£"#,##0.00',
    48: "##0.0E+0",
    49: "@",
} | dict.fromkeys((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)), "dd/mm/yyyy")

_QUOTED = r'"[^"]*"|\\.'
_PADDING = r"[_*]."
_BRACKET = r"\[[^\]]*\]"
_CONDITION = r"\[(?:[<>]=?|<>|=)[^\]]*\]"
_CURRENCY = "£$€¥"


def number_format(code: str) -> NumberFormat:
    """What a format code does to a number that no condition singles out."""
    if code.strip().lower() in ("", "general", "standard", "@"):
        return NumberFormat(code or "General")
    section = _main_section(code)
    currency = "".join(re.findall(r"\[\$([^\]-]*)", section)) + "".join(re.findall(_QUOTED, section))
    bare = re.sub(f"{_QUOTED}|{_PADDING}|{_BRACKET}", "", section)
    elapsed = re.search(r"\[(h+|m+|s+)\]", section, re.IGNORECASE) is not None
    words = re.sub(r"general|[eE][+-]", "", bare, flags=re.IGNORECASE)
    digits = re.search(r"[0#?]", words) is not None
    date = elapsed or (re.search(r"[dmyhs]", words, re.IGNORECASE) is not None and not re.search("[#?]", words))
    shown = re.sub(f"{_PADDING}|{_BRACKET}", "", section).replace('""', "").strip()
    scaled = re.search(r"[0#?](,+)(?=[^0#?]*$)", bare.split("%")[0]) if digits else None
    return NumberFormat(
        code,
        percent="%" in bare,
        date=date,
        money=any(sign in currency + bare for sign in _CURRENCY) and not date,
        decimals=_decimals(bare) if digits and not date else -1,
        divisor=1000 ** min(len(scaled[1]), 4) if scaled and not date else 1,
        invisible=not shown,
    )


def _main_section(code: str) -> str:
    """The section for ordinary numbers: the first one without a condition."""
    sections: list[str] = re.findall(rf"((?:{_QUOTED}|{_PADDING}|{_BRACKET}|[^;])*)(?:;|$)", code[:512])
    plain = [section for section in sections[:3] if not re.search(_CONDITION, section)]
    return plain[0] if plain else sections[0]


def _decimals(bare: str) -> int:
    after = re.search(r"\.([0#?]*)", bare)
    return len(after[1]) if after else 0
