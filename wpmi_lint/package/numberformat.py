"""Number formats as a spreadsheet applies them: what they say of a figure, how it looks, and what they hide of it.

ECMA-376 part 1, 18.8.30 and 31.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from math import isfinite
from operator import eq, ge, gt, le, lt, ne
from typing import TYPE_CHECKING

from wpmi_lint.model import NumberFormat
from wpmi_lint.records import NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_POUNDS = ('"£"#,##0', '"£"#,##0.00')
BUILT_IN: dict[int, str] = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: _POUNDS[0], 6: _POUNDS[0], 7: _POUNDS[1],
    8: _POUNDS[1], 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 37: "#,##0;(#,##0)",
    38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;(#,##0.00)", 41: '#,##0;(#,##0);"-"',
    42: '"£"#,##0;("£"#,##0);"-"', 43: '#,##0.00;(#,##0.00);"-"', 44: '"£"#,##0.00;("£"#,##0.00);"-"',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
} | dict.fromkeys((*range(14, 23), *range(27, 37), *range(50, 59)), "dd/mm/yyyy")  # fmt: skip

_TOKEN = re.compile(
    r'"([^"]*)"?|\\(.)|_(.)|\*(.)|\[([^\]]*)\]|(General)|([Ee][+-])|(AM/PM|A/P)|([ymdhsYMDHSbgeBG]+)|(.)', re.S
)
# a section, up to a semicolon that is neither quoted nor escaped nor in brackets
_SECTION = re.compile(r'(?:^|;)((?:"[^"]*"?|\\.?|\[(?:"[^"]*"?|\\.?|[^\]"\\])*\]?|[^;"\\\[])*)', re.S)
_CONDITION = re.compile(r"^(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)$")
_SYMBOL = re.compile(r"^\$([^-\]]*)")
_NUMBER, _LITERAL = "number", "literal"
_OPERATORS = {"<": lt, "<=": le, ">": gt, ">=": ge, "=": eq, "<>": ne}
_CURRENCY = "£$€¥"
_LONGEST = 512  # characters of a format code that are looked at; a spreadsheet takes 255
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")


class Section(NamedTuple):
    """One part of a format between semicolons."""

    tokens: tuple[tuple[str, str], ...]  # ("literal", text) or ("number", one placeholder or sign character)
    condition: tuple[str, float] | None = None
    decimals: int = 0
    whole: int = 0  # digit placeholders before the point
    scale: int = 0  # how many times divided by 1000
    percent: int = 0
    grouping: bool = False
    exponent: bool = False
    fraction: bool = False
    date: bool = False
    elapsed: bool = False  # hours, minutes or seconds beyond a day
    text: bool = False
    general: bool = False

    @property
    def digits(self) -> bool:
        """Whether any of the figure can be seen."""
        return self.general or self.date or self.whole + self.decimals > 0


@lru_cache(maxsize=4096)
def sections(code: str) -> tuple[Section, ...]:
    """The sections of a format code, at least one."""
    return tuple(map(_section, _SECTION.findall(code[:_LONGEST]))) if code else (Section((), general=True),)


def _section(part: str) -> Section:
    tokens: list[tuple[str, str]] = []
    condition, date, elapsed = None, False, False
    for quoted, escaped, space, _fill, bracket, standard, power, half, letters, other in _TOKEN.findall(part):
        if quoted or escaped or space:
            tokens.append((_LITERAL, quoted or escaped or " "))
        elif bracket:
            test, symbol = _CONDITION.match(bracket), _SYMBOL.match(bracket)
            condition = (test[1], float(test[2])) if test else condition
            tokens += [(_LITERAL, symbol[1])] if symbol else []
            elapsed |= not test and not symbol and set(bracket.lower()) <= set("hms")
        elif half or letters:
            date = True
        elif standard or power or other in "0#?.,%/@":
            tokens += [(_NUMBER, standard or power or other)] if standard or power or other else []
        else:
            tokens.append((_LITERAL, other))
    marks = "".join("E" if len(text) == 2 else text for kind, text in tokens if kind == _NUMBER and text != "General")
    whole, point, after = marks.split("E")[0].replace("%", "").replace("@", "").partition(".")
    scaled_whole = len(whole) - len(whole.rstrip(",")) if whole.strip(",") or point else 0
    return Section(
        tokens=tuple(tokens),
        condition=condition,
        decimals=sum(mark in "0#?" for mark in after),
        whole=sum(mark in "0#?" for mark in whole),
        scale=scaled_whole + len(after) - len(after.rstrip(",")),
        percent=marks.count("%"),
        grouping="," in whole.rstrip(",") and bool(whole.strip(",")),
        exponent="E" in marks,
        fraction="/" in marks and not (date or elapsed),
        date=date or elapsed,
        elapsed=elapsed,
        text="@" in marks,
        general=any(text.lower() == "general" for kind, text in tokens if kind == _NUMBER),
    )


def number_format(code: str) -> NumberFormat:
    """What a format code does to a number that no condition singles out."""
    if code.strip().lower() in ("", "general", "standard", "@"):
        return NumberFormat(code or "General")
    parts = sections(code)
    main = next((part for part in parts[:3] if part.condition is None), parts[0])
    digits = main.whole + main.decimals > 0
    is_date = main.elapsed or (main.date and not any(text in "#?" for kind, text in main.tokens if kind == _NUMBER))
    money = any(sign in text for kind, text in main.tokens if kind == _LITERAL for sign in _CURRENCY)
    return NumberFormat(
        code,
        percent=main.percent > 0,
        date=is_date,
        money=money and not is_date,
        decimals=main.decimals if digits and not is_date else -1,
        divisor=1000 ** min(main.scale, 4) if digits and not is_date else 1,
        invisible=not main.date and not "".join(text for _, text in main.tokens).strip(),
    )


def is_elapsed(code: str) -> bool:
    """Whether a format shows a length of time, which may be longer than a day."""
    return sections(code)[0].elapsed


def displayed(values: NDArray[np.float64], code: str) -> NDArray[np.float64] | None:
    """The figures that a format shows for stored ones, in percent where it is one; None where it changes none."""
    import numpy as np

    kept = plain(code)
    if kept is None:
        matches = (_FIGURE.search(shown(value, code)) for value in values.tolist())
        return np.array([float(match[0].replace(",", "")) if match else float("nan") for match in matches])
    if kept < 0:
        return None
    unit = 10.0**kept  # half away from zero, as a spreadsheet rounds
    figures: NDArray[np.float64] = np.copysign(np.floor(np.abs(values) * unit * (1 + 1e-15) + 0.5), values) / unit
    return figures


def section(value: float, code: str) -> tuple[Section | None, bool]:
    """The section that a figure is shown by (None: no section fits), and whether its own minus sign is shown."""
    parts = sections(code)
    numeric = [s for i, s in enumerate(parts) if not (s.text and not s.whole and len(parts) > 1) and i < 3]
    if not numeric:
        return parts[0], value < 0
    if any(s.condition for s in numeric):
        return _conditional(value, numeric)
    if len(numeric) == 1:
        return numeric[0], value < 0
    if value < 0:
        return numeric[1], False
    return (numeric[2], False) if value == 0 and len(numeric) > 2 else (numeric[0], False)


def _conditional(value: float, parts: list[Section]) -> tuple[Section | None, bool]:
    for i, part in enumerate(parts):
        if part.condition is None:
            if i == 1 and len(parts) > 2 and value >= 0:
                continue
            return part, value < 0 and i != 1
        if _OPERATORS[part.condition[0]](value, part.condition[1]):
            below = part.condition[0] in ("<", "<=") and part.condition[1] <= 0
            return part, value < 0 and not below
    return None, False


def shown(value: float | str, code: str) -> str:
    """The text that a spreadsheet shows for a stored value; a date is not rendered ("")."""
    if isinstance(value, str):
        return _text(value, code)
    if not isfinite(value):
        return "#####"
    part, minus = section(value, code)
    if part is None:
        return "#####"
    if part.date:
        return ""
    sign = "-" if minus else ""
    if part.general and not part.whole:
        return _filled(part, sign + general(abs(value)))
    if not part.digits:
        return _filled(part, "")
    if part.exponent:
        return sign + f"{abs(value):.{part.decimals}E}"
    if part.fraction:
        return _filled_fraction(part, sign, value)
    return _figure(part, sign, scaled(value, part))


def general(value: float) -> str:
    """A figure in the General format: at most 11 digits."""
    if value == int(value) and abs(value) < 1e11:
        return str(int(value))
    text = f"{value:.10g}" if abs(value) < 1e11 else f"{value:.5E}"
    return text.upper()


def scaled(value: float, part: Section) -> Decimal:
    """The figure as shown, without sign: percent and thousands applied, rounded half away from zero."""
    try:
        exact = abs(Decimal(repr(float(value)))).scaleb(2 * part.percent - 3 * part.scale)
        exact = Decimal(f"{exact:.15g}")  # a spreadsheet knows 15 digits
        return exact.quantize(Decimal(1).scaleb(-part.decimals), ROUND_HALF_UP)
    except InvalidOperation:
        return abs(Decimal(repr(float(value))))


def _text(value: str, code: str) -> str:
    parts = sections(code)
    holder = next((s for s in parts if s.text), None)
    if holder is not None:
        return "".join(value if kind == _NUMBER and text == "@" else text for kind, text in holder.tokens
                       if kind == _LITERAL or text == "@")  # fmt: skip
    return "" if len(parts) > 3 else value


def _filled(part: Section, figure: str) -> str:
    return "".join(text if kind == _LITERAL else (figure if text == "General" else "") for kind, text in part.tokens)


def _filled_fraction(part: Section, sign: str, value: float) -> str:
    from fractions import Fraction

    after = [text for kind, text in part.tokens if kind == _NUMBER]
    size = sum(text in "?#0" for text in after[after.index("/") :]) if "/" in after else 1
    exact = Fraction(abs(value)).limit_denominator(max(10**size - 1, 1))
    whole, rest = divmod(exact.numerator, exact.denominator)
    return sign + (f"{whole} {rest}/{exact.denominator}" if rest else str(whole)).removeprefix("0 ")


def _figure(part: Section, sign: str, value: Decimal) -> str:
    whole, _, after = f"{value:f}".partition(".")
    marks = "".join(text for kind, text in part.tokens if kind == _NUMBER)
    whole = whole.lstrip("0").rjust(marks.partition(".")[0].count("0"), "0")
    digits = [
        digit + "," * (part.grouping and left > 0 and left % 3 == 0)
        for digit, left in zip(whole, range(len(whole) - 1, -1, -1), strict=True)
    ]
    needed = len(after.rstrip("0"))  # "#" shows no more decimals than these
    out: list[str] = []
    left, place = part.whole, -1  # placeholders that are left before the point, and the decimal behind it
    for kind, text in part.tokens:
        if kind == _LITERAL or text == "%":
            out.append(text)
        elif text == "." and place < 0:
            out.append(text)
            place = 0
        elif text in ("0", "#", "?") and place < 0:
            left -= 1
            count = max(len(digits) - left, 0)
            out += digits[:count]
            del digits[:count]
        elif text in ("0", "#", "?"):
            out.append(after[place : place + 1] if text == "0" or place < needed else "")
            place += 1
    return sign + "".join(out)


def lost(value: float, code: str) -> str:
    """What the format keeps from the reader: "rounding", "scaling", "invisible", or "" where it keeps nothing."""
    part, _ = section(value, code)
    if not isfinite(value) or part is None or part.date or part.general or part.text or part.fraction:
        return ""
    if not part.digits:
        return "invisible" if value != 0 else ""
    if part.exponent:
        mantissa = f"{abs(value):.{part.decimals}E}"
        return "rounding" if abs(float(mantissa) - abs(value)) > abs(value) * 1e-12 else ""
    if _disguised(part):
        return "rounding"
    whole = abs(value) * 10.0 ** (part.decimals + 2 * part.percent - 3 * part.scale)
    if abs(whole - round(whole)) <= max(whole * 1e-12, 1e-9):
        return ""
    return "scaling" if any(s.scale for s in sections(code)) else "rounding"


@lru_cache(maxsize=4096)
def plain(code: str) -> int | None:
    """Decimals that a format keeps of every figure but zero (2 more for percent); None where figures must be tried.

    -1: nothing is ever lost (General, dates, text).
    """
    parts = sections(code)
    numeric = parts[:2] if len(parts) > 1 and not parts[1].text else parts[:1]
    if any(s.condition for s in parts):
        return None
    kinds = {-1 if s.general or s.date or (s.text and not s.whole) else _kept(s) for s in numeric}
    return kinds.pop() if len(kinds) == 1 else None


def _disguised(part: Section) -> bool:
    """Whether digits that are written into the format touch the figure's own: `0"0"` shows 2 as 20."""
    marks = "".join("#" if kind == _NUMBER else text for kind, text in part.tokens)
    return bool(re.search(r"#\d|\d#", marks))


def _kept(part: Section) -> int | None:
    if _disguised(part) or not part.digits or part.scale or part.exponent or part.fraction:
        return None
    return part.decimals + 2 * part.percent
