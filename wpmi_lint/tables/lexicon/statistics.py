"""The statistic and the scale that words name: "% of referrals", "Cost (£000s)", "Average age"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from wpmi_lint.model import Statistic
from wpmi_lint.tables.lexicon import tokens, word_set
from wpmi_lint.tables.lexicon.headers import names_stub

if TYPE_CHECKING:
    from collections.abc import Sequence

_PERCENT = word_set("percent percentage percentages pct proportion proportions share shares pc pcnt")
_MEAN = word_set("average averages mean median avg typical quartile percentile")
_RATE = word_set("rate rates ratio ratios density prevalence smr hsmr crude fertility")
AVERAGED = _MEAN | _RATE
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


@lru_cache(16384)
def statistic_of(words: str) -> Statistic:
    """The statistic that the words of one header name; UNKNOWN where they do not say."""
    own = tokens(words)
    if not own:
        return Statistic.PERCENTAGE if words == "%" else Statistic.UNKNOWN
    have = frozenset(own)
    lower = words.lower()
    count = own[0] in ("number", "no", "count", "numbers", "total") and len(own) > 1 and own[1] in ("of", "number")
    percent = "%" in words or bool(have & _PERCENT) or "per cent" in lower or bool(re.search(r"\bpp(?:ts?)?\b", lower))
    if percent:
        return Statistic.UNKNOWN if count and " and " in lower else Statistic.PERCENTAGE
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
    if have & _COUNT and (own == ("no",) or have & _COUNT != {"no"}):
        return Statistic.COUNT
    return Statistic.UNKNOWN


def of_levels(words: Sequence[str]) -> Statistic:
    """The statistic that the words of a column or row name, the innermost first."""
    return next((named for level in reversed(words) if (named := statistic_of(level))), Statistic.UNKNOWN)


def names_people(words: str) -> bool:
    """Whether words name what is counted, which is weaker than a title that says percentage."""
    return not _COUNTED.isdisjoint(tokens(words))


@lru_cache(16384)
def scale_of(words: str) -> float:
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
