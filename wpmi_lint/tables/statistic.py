"""The statistic of every cell: from signs and formats, header words, stub words, title, and the values themselves."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from wpmi_lint.model import Statistic
from wpmi_lint.records import NamedTuple
from wpmi_lint.tables.lexicon import names_stub, tokens, word_set
from wpmi_lint.tables.named import RATE, worded
from wpmi_lint.tables.numbers import MONEY, NUMBER, PERCENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wpmi_lint.model import Codes, Matrix
    from wpmi_lint.tables.headers import Levels

_PERCENT = word_set("percent percentage percentages pct proportion proportions share shares pc pcnt")
_MEAN = word_set("average averages mean median avg typical quartile percentile")
_RATE = word_set("rate rates ratio ratios density prevalence smr hsmr crude fertility")
_MONEY = word_set(
    "gbp eur usd cost costs expenditure expenditures spend spending income incomes earnings salary salaries wage "
    "wages price prices revenue revenues receipts budget debt debts pounds tax turnover paybill gdp rent rents "
    "profit profits loan loans amount fees fine fines gva"
)
_COUNT = word_set("number numbers no count counts headcount volume volumes n num fte frequency")
_COUNTED = word_set(  # what is counted: weaker than a title that says percentage
    "population people persons cases households individuals pupils students children staff men women males females "
    "deaths births dwellings properties schools participants claimants referrals starts clients patients employees "
    "registrations applications attachments outcomes"
)
_COORDINATE = word_set("latitude longitude lat lon lng easting northing eastings northings")
_CODE = word_set("phone telephone ukprn urn nino uprn barcode isbn")


class Hint(NamedTuple):
    """What words say of the figures they stand over."""

    statistic: Statistic
    scale: float = 1.0


@lru_cache(16384)
def hint(words: str) -> Hint:
    """The statistic and the scale that the words of one header name; UNKNOWN where they do not say."""
    return Hint(_named(words), scale(words))


def _named(words: str) -> Statistic:
    found = tokens(words)
    if not found:
        return Statistic.PERCENTAGE if words == "%" else Statistic.UNKNOWN
    have = frozenset(found)
    lower = words.lower()
    count = (
        found[0] in ("number", "no", "count", "numbers", "total") and len(found) > 1 and found[1] in ("of", "number")
    )
    percent = "%" in words or bool(have & _PERCENT) or "per cent" in lower or bool(re.search(r"\bpp(?:ts?)?\b", lower))
    if percent and count and " and " in lower:
        return Statistic.UNKNOWN
    if percent:
        return Statistic.PERCENTAGE
    if have & _MEAN:
        return Statistic.MEAN
    if count:
        return Statistic.COUNT
    if have & _RATE or re.search(r"\bper (?:\d|head|capita|thousand|million|person|week|household)", lower):
        return Statistic.RATE
    # "£10,000 to £20,000", "Amount (bands)": a class of people, not an amount
    band = bool(have & {"band", "bands", "banding"}) or re.search(r"[£$€](?!000)\d", words) is not None
    if not band and ("£" in words or "$" in words or "€" in words or have & _MONEY):
        return Statistic.MONEY
    if "index" in have or "indices" in have:
        return Statistic.INDEX
    if have & _COORDINATE:
        return Statistic.COORDINATE
    if have & _CODE or (names_stub(words) and not have & _COUNT):
        return Statistic.DATE if have & {"date", "year", "month", "day", "period", "quarter"} else Statistic.CODE
    if have & _COUNT and (found == ("no",) or have & _COUNT != {"no"}):
        return Statistic.COUNT
    return Statistic.UNKNOWN


@lru_cache(16384)
def scale(words: str) -> float:
    """1000 for "(thousands)" or "£000s", 1e6 for "£m"; 1 where the words name no scale."""
    lower = words.lower()
    if not ("000" in lower or "thousand" in lower or "illion" in lower or "£" in lower or "bn" in lower):
        return 1.0
    if (
        re.search(r"(?:^|[\s('‘’£$€])0{3}'?s?\b|(?:\(|\bin |^|[£$€] ?|: ?)thousands?\b(?! of)", lower)
        and "per" not in lower
    ):
        return 1e3
    if re.search(r"[£$€] ?m(?:n|illions?)?\b|(?:\(|\bin |^|: ?)millions?\b|[£$€]? ?millions?\)", lower):
        return 1e6
    if re.search(r"[£$€] ?bn?\b|(?:\(|\bin |^|: ?)billions?\b|[£$€] ?billions?", lower):
        return 1e9
    return 1.0


def statistics(
    kind: Codes, flags: Codes, value: Matrix, headers: Sequence[Levels], rows: Sequence[tuple[str, ...]], title: str
) -> Codes:
    """Statistic of each body cell [R, C]."""
    shape = kind.shape
    columns = np.array([of_levels([w for w, _, _ in levels]) for levels in headers], np.int8)
    found = np.broadcast_to(columns, shape).copy()
    labels = _of_rows(rows, value)
    if labels is not None:
        stands = (labels > 0)[:, None] & ((found == 0) | (found == Statistic.COUNT))
        found = np.where(stands & ~((labels == Statistic.COUNT)[:, None] & (found > 0)), labels[:, None], found)
    number = kind == NUMBER
    if flags.any():
        found[number & ((flags & PERCENT) > 0)] = Statistic.PERCENTAGE
        found[number & ((flags & MONEY) > 0) & (found != Statistic.MEAN)] = Statistic.MONEY
    if (found == 0).any():
        named = hint(title).statistic if title else Statistic.UNKNOWN
        people = bool(_COUNTED & set(tokens(title)))
        counted = [people or any(_COUNTED & set(tokens(words)) for words, _, _ in levels) for levels in headers]
        _by_title_and_value(found, number, value, named, counted)
    if (found == Statistic.PERCENTAGE).any():
        _counts_among_percentages(found, number, flags, value, headers)
    return found.astype(np.int8)


def _counts_among_percentages(
    found: Codes, number: Codes, flags: Codes, value: Matrix, headers: Sequence[Levels]
) -> None:
    """Whole figures far over 100 among percentages that are none are counts that stand there by mistake."""
    percent = (found == Statistic.PERCENTAGE) & number
    signed = (flags & PERCENT) > 0
    big = percent & ~signed & (value > 100) & (value == np.floor(value))
    for col in np.flatnonzero(big.any(axis=0)).tolist():
        rest = percent[:, col] & ~big[:, col]
        others = value[rest, col]
        if len(others) < 2 * int(big[:, col].sum()) or np.abs(others).max() > 100:
            continue
        usual = signed[rest, col] | (others != np.floor(others))
        change = any(worded(words) == RATE for words, _, _ in headers[col])
        if usual.sum() * 2 > len(others) or (not change and len(others) > 3 and value[big[:, col], col].min() > 200):
            found[big[:, col], col] = Statistic.COUNT


def of_levels(levels: Sequence[str]) -> int:
    """The statistic that the header words of a column name, the lowest first."""
    for words in reversed(levels):
        named = hint(words).statistic
        if named:
            return named
    return 0


def _of_rows(rows: Sequence[tuple[str, ...]], value: Matrix) -> Codes | None:
    """The statistic that the stub names, row by row; None where it names none. Many rows: members, not measures."""
    if len(rows) > 2000:
        return None
    named = np.array([of_levels(label) for label in rows], np.int8)
    named[(named == Statistic.CODE) | (named == Statistic.DATE)] = 0
    for row in np.flatnonzero((named == Statistic.MEAN) | (named == Statistic.RATE)).tolist():
        figures = value[row][~np.isnan(value[row])]
        words = tokens(rows[row][-1]) or ("",)
        if (figures == np.floor(figures)).all() and not {words[0], words[-1]} & (_MEAN | _RATE):
            named[row] = 0  # "Abnormal heart rate and the like": counted, not measured
    return named if named.any() else None


def _by_title_and_value(found: Codes, number: Codes, value: Matrix, named: Statistic, counted: Sequence[bool]) -> None:
    """Fill what neither headers nor signs say: whole numbers are counts unless the title says otherwise."""
    figures = value[(found == 0) & number]
    doubtful = named in (Statistic.PERCENTAGE, Statistic.MEAN, Statistic.RATE) and figures.size > 0
    if doubtful and (figures == np.floor(figures)).all() and np.abs(figures).max() > 110:
        named = Statistic.COUNT  # "Average number of staff": whole figures that no percentage could be
    ordinary = named in (Statistic.UNKNOWN, Statistic.COUNT, Statistic.DATE, Statistic.CODE)
    if ordinary and (figures == np.floor(figures)).all():
        found[found == 0] = Statistic.COUNT
        return
    for col in np.flatnonzero((found == 0).any(axis=0)).tolist():
        open_ = found[:, col] == 0
        figures = value[open_ & number[:, col], col]
        found[open_, col] = _of_values(figures, named, counted[col])


def _of_values(figures: Matrix, named: Statistic, counted: bool) -> Statistic:
    whole = figures == np.floor(figures)
    if named not in (Statistic.UNKNOWN, Statistic.COUNT, Statistic.DATE, Statistic.CODE):
        return named
    if not figures.size or whole.mean() >= 0.5:
        return Statistic.COUNT
    if named == Statistic.COUNT:
        return Statistic.COUNT
    total = figures.sum()
    if (
        len(figures) > 1
        and (abs(total - 100) < 1 or abs(total - 200) < 1)
        and figures.min() >= 0
        and figures.max() <= 100
    ):
        return Statistic.PERCENTAGE
    return Statistic.COUNT if counted else Statistic.OTHER


__all__ = ["Hint", "hint", "scale", "statistics"]
