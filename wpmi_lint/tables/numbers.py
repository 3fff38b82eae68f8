"""Text of one cell to what it says: a number with its decimals and unit, a marker, a date, or words."""

from __future__ import annotations

import re
from functools import cache

from wpmi_lint.records import NamedTuple
from wpmi_lint.tables.lexicon import word_set

# what a cell holds (Parsed.kind)
EMPTY, TEXT, NUMBER, MARKER, DATE = range(5)

# bits of Parsed.flags
PERCENT, MONEY, APPROXIMATE, COMPOUND, SOFT, ODD = 1, 2, 4, 8, 16, 32
# SOFT: words that are a marker where a figure should be; ODD: a spoilt number, such as 12O

NAN = float("nan")
DIGITS = 15  # more are an identifier: a float does not hold them exactly
LONGEST = 60  # characters of a text that can be a figure or marker


class Parsed(NamedTuple):
    """One cell. `value` is NaN unless kind is NUMBER; `decimals` are those shown, -1 where there is no number."""

    kind: int
    value: float = NAN
    decimals: int = -1
    flags: int = 0


# Shorthand that official tables put in place of a figure, whatever it means there.
_MARKERS = word_set(
    "- – — − -- --- ~ * ** *** # ## : :: . .. ... … † ‡ / // ^ + ? n/a na n.a. n.a n/k nk n/r n/d nil none null "
    "nan #n/a #div/0! #ref! #value! #name? #num! #null! [-] [*] [..] (c) (x) (z) (-) (*) (..) <lod"
)
_SOFT = word_set(
    "c x z s u p r w d k e f low q n . suppressed missing unknown redacted withheld confidential masked supp "
    "hidden not-available not-applicable unavailable"
)
_SOFT_PHRASES = frozenset({"not available", "not applicable", "not known", "no data", "see note", "data not available"})
_BEFORE_NUMBERS = word_set("c. ci ca ab ap ar gb eu us un le fe mo ov up") | frozenset(
    ["c ", *(f"c{digit}" for digit in range(10))]
)  # circa, about, GBP, under ...
_NEGATIVE = str.maketrans({"−": "-", "–": "-", "—": "-", "\xa0": " ", "\u2009": " ", "\u202f": " ", "\u2007": " "})
_SCALE = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "thousand": 1e3, "million": 1e6, "billion": 1e9}


@cache
def _number() -> re.Pattern[str]:
    return re.compile(
        r"(?P<about>~|≈|c\.?\s*|circa\s+|ca\.?\s*|approx\.?\s*|about\s+|around\s+)?"
        r"(?P<open>\()?\s*(?P<sign>[-+]\s?)?(?P<money>£|\$|€|¥|GBP\s?|EUR\s?|USD\s?)?\s?(?P<sign2>-)?"
        r"(?P<digits>\d{1,3}(?:[, ']\d{3})+(?![\d,])|\d+|(?=\.\d))(?P<fraction>\.\d*)?(?P<power>[eE][-+]?\d{1,3})?"
        r"\s?(?P<percent>%|per ?cent\b|pct\b|pp\b|ppts?\b)?(?P<scale>k|mn?|bn?|thousand|\s?million|\s?billion)?"
        r"(?P<money2>\s?[£€])?\s*(?P<close>\))?"
        r"(?P<note>(?:\s?(?:\^[\d*]*|\*+|[†‡#¹²³⁴⁵⁶⁷⁸⁹]+|\((?:[a-z]|\d{1,2})\)|\[(?:note ?)?[a-z0-9 ,]{1,6}\]"
        r"|(?<=[\d ])(?:[prefbu]|[A-D](?:,[A-D])*)\b))*)"
    )


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    bracketed = re.compile(r"[\[(]\s?(?:[a-z]{1,4}|note \w{1,3}|low|\.+|[*:~-]+)\d{0,2}\s?[\])]")
    bound = re.compile(
        r"(?:[<>≤≥]|under |over |less than |fewer than |more than |up to )=?\s?[\d,.]+\s?%?|\d+\s?(?:-|to)\s?\d+"
    )
    date = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ].*)?|\d{1,2}[- ][A-Za-z]{3,9}[- ]\d{2,4}")
    compound = re.compile(r"(.*\d)\s*\(\s*([-\d.,]+\s?%?)\s*\)")
    odd = re.compile(r"[-+(£$€]{0,3}(?=[^\d]{0,3}\d)[\dOoIl,.' ]+\)?")
    return bracketed, bound, date, compound, odd


def parse(text: str, comma: bool = False) -> Parsed:
    """What the text of a cell says. `comma`: the sheet writes decimals with a comma."""
    words = text.strip(" \t\r\n\xa0\ufeff\u200b\u2009\u202f")
    if not words:
        return Parsed(EMPTY)
    if words.isascii() and words.isdigit():
        if len(words) > DIGITS or (words[0] == "0" and len(words) > 1):
            return Parsed(TEXT)  # an identifier: a leading zero, or longer than any figure
        return Parsed(NUMBER, float(words), 0)
    plain = _plain(_swap(words) if comma else words)
    if plain is not None:
        return plain
    lower = words.lower()
    if lower in _MARKERS:
        return Parsed(MARKER)
    if lower in _SOFT or lower in _SOFT_PHRASES:
        return Parsed(TEXT, flags=SOFT)
    if len(words) > LONGEST:
        return Parsed(TEXT)
    if lower[0].isalpha() and lower[:2] not in _BEFORE_NUMBERS:
        return Parsed(TEXT)
    if not any(map(str.isdigit, words)):
        return Parsed(MARKER) if words[0] in "[(" and _patterns()[0].fullmatch(lower) else Parsed(TEXT)
    return _with_digits(words.translate(_NEGATIVE), comma)


def _plain(words: str) -> Parsed | None:
    """The commonest ways to write a number, told without a pattern: -12, 12.5, 1,234."""
    if not words.isascii():
        return None
    unsigned = words[1:] if words[0] == "-" else words
    whole, point, fraction = unsigned.partition(".")
    if "," in whole:
        first, *groups = whole.split(",")
        if not (1 <= len(first) <= 3 and all(len(group) == 3 for group in groups)):
            return None
        whole = first + "".join(groups)
    if not whole.isdigit() or (point and not fraction.isdigit()):
        return None
    if len(whole) > DIGITS or (whole[0] == "0" and len(whole) > 1):
        return None
    value = float(f"{whole}.{fraction or 0}")
    return Parsed(NUMBER, -value if unsigned is not words else value, min(len(fraction), DIGITS))


def _with_digits(words: str, comma: bool) -> Parsed:
    shown = _swap(words) if comma else words
    match = _number().fullmatch(shown)
    if match:
        return _value(match)
    bracketed, bound, date, compound, odd = _patterns()
    lower = words.lower()
    if date.fullmatch(words):
        return Parsed(DATE)
    if bound.fullmatch(lower):
        return Parsed(TEXT, flags=0 if _period(lower) else SOFT)  # "<5", "1-4"; in a header an age band
    if bracketed.fullmatch(lower):
        return Parsed(MARKER)
    both = compound.fullmatch(shown)
    first = _number().fullmatch(both.group(1).strip()) if both else None
    if first:
        return _value(first)._replace(flags=_value(first).flags | COMPOUND)
    return Parsed(TEXT, flags=ODD if odd.fullmatch(words) else 0)


def _period(words: str) -> bool:
    """Years as a range ("2012-13") or an age band that cannot stand for a figure: words, not a marker."""
    first, _, second = words.replace("to", "-").partition("-")
    return len(first.strip()) == 4 and first.strip()[:2] in ("18", "19", "20") and bool(second)


def _swap(words: str) -> str:
    """Decimal comma to decimal point."""
    return words.translate({ord("."): ",", ord(","): "."})


def _value(match: re.Match[str]) -> Parsed:
    part = match.groupdict()
    whole, fraction = part["digits"] or "0", part["fraction"] or ""
    if whole[0] == "0" and len(whole) > 1 and not fraction:
        return Parsed(TEXT)  # "0113 234": a phone number or a code
    digits = "".join(filter(str.isdigit, whole))
    if len(digits) > DIGITS:
        return Parsed(TEXT)
    value = float(digits + (fraction if len(fraction) > 1 else "") + (part["power"] or ""))
    scale = _SCALE.get((part["scale"] or "").strip(), 1.0)
    brackets = bool(part["open"])
    if brackets != bool(part["close"]):
        return Parsed(TEXT)
    if (part["sign"] or "").startswith("-") or part["sign2"] or brackets:
        value = -value
    decimals = 0 if part["power"] or scale > 1 else max(len(fraction) - 1, 0)
    money = MONEY if part["money"] or part["money2"] else 0
    flags = (PERCENT if part["percent"] else 0) | money | (APPROXIMATE if part["about"] else 0)
    return Parsed(NUMBER, value * scale, decimals=min(decimals, DIGITS), flags=flags)
