"""What headers, titles and notes say: codes, values, the statistic, the scale, a share of a whole."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from wpmi_lint.model import Statistic
from wpmi_lint.tables.lexicon import phrase_set, tokens, word_set
from wpmi_lint.tables.lexicon.totals import is_total

if TYPE_CHECKING:
    from collections.abc import Sequence

_UNKNOWN = Statistic.UNKNOWN  # looking a member up costs more than all else for the label of a row

# A column with such a header identifies its rows, even where its cells are numbers.
_CODES = word_set(
    "id ids code codes ukprn urn lsoa msoa uprn ref reference rank ranking gss laestab estab ons oid objectid key "
    "postcode sic sic07 soc"
)
# A column with such a header classifies its rows, where the header says nothing else: "Year", not "Under 2 years".
_CLASSES = word_set(
    "year years age ages month months quarter quarters week day date period fy ward band decile quintile cohort wave "
    "edition line row sort order time"
)
_PHRASES = phrase_set("year of|month of|age at|single year|la number|number code|time period|academic year")
_MEASURED = word_set("number average mean rate")
_VALUE = word_set("value values obs observation observations val measure figure count number n total")
_STATISTIC = word_set(
    "percent per cent percentage pct proportion share number no count n total all value rate of the in average "
    "mean median thousands sum overall amount change difference increase decrease"
)


@lru_cache(8192)
def names_stub(header: str) -> bool:
    """True where a header says that its column holds codes, periods, ages or the like."""
    words = tokens(header)
    if not words or len(words) > 5 or is_total(header):
        return False
    if any(phrase in header.lower() for phrase in _PHRASES):
        return True
    if not _MEASURED.isdisjoint(words):
        return False
    if words[-1] in _CODES or (words[0] in _CODES and len(words) == 1):
        return True
    return len(words) <= 2 and words[-1] in _CLASSES and not any(any(map(str.isdigit, word)) for word in words)


def is_value(header: str) -> bool:
    """True for a header that names no measure: Value, OBS_VALUE, Count."""
    words = tokens(header)
    return bool(words) and _VALUE.issuperset(words)


def only_statistic(header: str) -> bool:
    """True for a header that says only what kind of figure stands below: %, Number, Total, Rate."""
    return all(w in _STATISTIC or (not w.isalpha() and not w.isdigit()) for w in tokens(header))


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
    for level in reversed(words):
        if named := statistic_of(level):
            return named
    return _UNKNOWN


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


SHARE, RATE, UNSAID = 1, 0, -1


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    rate = re.compile(
        r"\brates?\b|conversion|\btarget|change|growth|increase|decrease|difference|varianc|\bmpl\b|against|perform|achiev|"
        r"per ?cent of target|year[- ]on[- ]year|success|\bwithin\b|\bvs\b|cumulative",
        re.IGNORECASE,
    )
    share = re.compile(
        r"\bshares?\b|breakdown|distribution|\bsplit\b|composition|% of (?:the )?(?:grand |column |row )?total|"
        r"\bof (?:all|total)\b"
        r"|proportion of total|\bprofile\b|make-?up",
        re.IGNORECASE,
    )
    return rate, share


def worded(words: str) -> int:
    """SHARE, RATE or UNSAID: how the words over a percentage put it."""
    rate, share = _patterns()
    if share.search(words) and not re.search(r"\brates?\b|conversion|target", words, re.IGNORECASE):
        return SHARE
    return RATE if rate.search(words) else UNSAID


_TABLE = re.compile(r"(?:table|figure|annex|sheet|part)\s?[\dA-Z]", re.IGNORECASE)
_NOTE = re.compile(
    r"(?:notes?\b|source\b|footnotes?\b|\(?\d{1,2}[.):]?\s?[A-Za-z]|\[?note|[*†‡#^¹²³]+\s?\w|back to|contents\b|"
    r"(?:last )?updated|published|figures\b|this (?:table|work|sheet)|data\b|please\b|©|copyright|https?:|contact\b|"
    r"symbols?\b)",
    re.IGNORECASE,
)
_LONGEST_TITLE = 160  # characters


def looks_like_title(words: str) -> bool:
    """True for "Table 3: ..."."""
    return bool(_TABLE.match(words))


def looks_like_note(words: str) -> bool:
    """True for a footnote, a source line and the like."""
    return bool(_NOTE.match(words)) or len(words) > _LONGEST_TITLE
