"""What personal identifiers look like: NINo, postcode, e-mail, phone; and the headers of columns that hold them."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from wpmi_lint.records import NamedTuple

# HMRC NIM39110: letters never used, prefixes never allocated, one suffix A to D (a space where it is not known).
_NINO = (
    r"(?<![A-Za-z0-9])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][ -]?\d\d[ -]?\d\d[ -]?\d\d[ -]?[A-D]"
    r"(?![A-Za-z0-9])"
)
# Royal Mail areas; the inward part never has C I K M O V.
_AREAS = (
    "AB AL B BA BB BD BF BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY"
    " G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR"
    " NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA"
    " WC WD WF WN WR WS WV YO ZE"
)
_POSTCODE = r"(?<![A-Za-z0-9])([A-Z]{1,2})\d[A-Z\d]?( ?)\d[ABD-HJLNP-UW-Z]{2}(?![A-Za-z0-9])"
_EMAIL = r"(?<![\w.+-])[A-Za-z0-9._%+'-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}(?![\w-])"
_PHONE = r"(?<![\d.,+/-])(?:\+44\s?(?:\(0\)\s?)?|0)(?:\d\s?-?){8,9}\d(?![\d,.])"
_DATE = (
    r"^\s*(?:\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d\d)|\d{4}-\d\d-\d\d(?:[ T].*)?"
    r"|\d{1,2}(?:st|nd|rd|th)?[ -][A-Za-z]{3,9}[ -]\d{2,4})\s*$"
)
_PERSON = (
    r"(?:participant|client|customer|claimant|person|individual|jobseeker|applicant|learner|patient|staff|employee"
    r"|worker|adviser|advisor|member|candidate|case)"
)
_HEADERS = (
    ("NINo", r"\bni ?(?:no|number|#)\b|\bnino\b|\bnational insurance\b"),
    ("date of birth", r"\bd\.?o\.?b\b\.?|\bdate of birth\b|\bbirth ?date\b|\bbirthday\b"),
    ("e-mail", r"\be-?mail\b"),
    ("phone", r"\b(?:tele)?phone\b|\bmobile\b|\btel(?: no| number)?\b|\bcontact (?:no|number)\b"),
    ("postcode", r"\bpost ?code\b(?! (?:area|district|sector))|\bzip ?code\b"),
    ("reference", rf"\b{_PERSON}(?:'?s)? ?(?:id|ref(?:erence)?|no|number|code|urn)\b"
     r"|\b(?:urn|uln|crn|nhs (?:no|number))\b|\bprap (?:id|ref(?:erence)?)\b"
     r"|^(?:ref(?:erence)? ?(?:no|number|id)?|unique (?:id|ref(?:erence)?))$"),
    ("name", rf"\b(?:sur|fore|given|first|last|middle|family|maiden|full|known) ?names?\b|\bsurname\b|\bforename\b"
     rf"|\b{_PERSON}(?:'?s)? ?names?\b|\bkey ?worker\b|^{_PERSON}$|^name$|^names$|\binitials\b"),
)  # fmt: skip
# Headers that say what a person is: several of them and no count make one row a person.
_ATTRIBUTE = (
    r"^(?:sex|gender|age|ethnic\w*(?: \w+)?|disab\w*(?: \w+)?|nationality|marital status|benefit(?: type)?"
    r"|payment group|health condition|religion|sexual orientation|lone parent|occupation|salary|wage|town|address"
    r"|(?:referral|attachment|start|job start|leaving|end|outcome|sustainment|claim|programme start|programme end) date"
    r"|date (?:of )?(?:referral|attachment|start\w*|job start|outcome|leaving)|employer(?: name)?|job title"
    r"|address(?: line)? ?\d?)$"
)
# Words without which none of these patterns fits: most headers have none, and then no pattern need be compiled.
_TELLING = """
    ni nino national dob d birth birthday birthdate mail email phone telephone mobile tel contact post
    postcode zip zipcode id ref reference no number code urn uln crn nhs prap unique name names surname
    forename initials key keyworker participant client customer claimant person individual jobseeker
    applicant learner patient staff employee worker adviser advisor member candidate case sex gender age
    nationality marital benefit payment health religion sexual lone occupation salary wage town address
    date employer job
"""
_PLACE_WORDS = (
    r"\b(?:school|college|library|surgery|practice|branch|office|site|hospital|building|venue|provider|organisation"
    r"|company|employer|business|council|authority|depot|station|property|establishment|institution|ons|trust|centre)\b"
)
_USUAL = """
    james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark
    paul steven andrew kenneth george kevin brian edward ronald timothy jason jeffrey gary ryan eric stephen
    jonathan justin scott brandon benjamin samuel gregory alexander patrick jack dennis peter adam nathan henry
    douglas simon ian neil graham stuart craig alan keith colin martin philip derek barry trevor nigel darren lee
    wayne dean shaun sean liam oliver harry charlie oscar leo arthur mohammed muhammad mohammad ahmed ali hassan
    ibrahim omar yusuf mary patricia jennifer linda elizabeth barbara susan jessica sarah karen nancy lisa
    margaret sandra ashley emily kimberly donna michelle carol amanda melissa deborah stephanie rebecca laura
    sharon cynthia kathleen helen amy angela anna brenda pamela emma nicole samantha katherine christine catherine
    rachel janet heather maria diane julie joyce victoria kelly christina joan evelyn lauren judith olivia alice
    grace hannah jane claire louise nicola tracy joanne fiona lesley gillian alison zoe sophie charlotte chloe
    lucy katie gemma kirsty leanne dawn fatima aisha maryam priya anita sunita tom tim ben sam dan joe rob steve
    mike dave chris nick matt alex andy jo sue liz kate beth jen
"""  # given names of half of the people in Britain


@cache
def _split(words: str) -> frozenset[str]:
    return frozenset(words.split())


class Header(NamedTuple):
    """What a header says of its column."""

    what: str  # an identifier, "attribute" of a person, or ""
    office: bool  # it may be of an office or establishment


@lru_cache(maxsize=4096)
def header(words: str) -> Header:
    """Whether a header names a personal identifier or what a person is."""
    folded = re.sub(r"[\s_]+", " ", words).strip().casefold()
    if not folded or len(folded) > 60:
        return Header("", False)
    words_of = "".join(letter if letter.isalnum() else " " for letter in folded).split()
    if not any(word in _split(_TELLING) or word.startswith(("ethnic", "disab")) for word in words_of):
        return Header("", False)
    what = next((what for what, pattern in _HEADERS if re.search(pattern, folded)), "")
    if not what:
        return Header("attribute" if re.match(_ATTRIBUTE, folded) else "", False)
    return Header(what, is_place(words))


def is_place(words: str) -> bool:
    """Whether a header is about an office or establishment."""
    folded = re.sub(r"[\s_]+", " ", words).casefold()
    return bool(re.search(_PLACE_WORDS, folded)) or "contact" in folded


def ninos(text: str) -> list[str]:
    """The National Insurance numbers in a text."""
    return re.findall(_NINO, text)


def postcodes(text: str) -> list[str]:
    """The full postcodes in a text; without a space between the halves, only where the text is nothing else."""
    matches = (match for match in re.finditer(_POSTCODE, text) if match.group(1) in _split(_AREAS))
    return [match.group(0) for match in matches if match.group(2) or match.group(0) == text.strip()]


def emails(text: str) -> list[str]:
    """The e-mail addresses in a text."""
    return re.findall(_EMAIL, text) if "@" in text else []


def phones(text: str) -> list[str]:
    """The UK phone numbers in a text: 10 or 11 digits from 0, or +44."""
    return [number for number in re.findall(_PHONE, text) if _is_phone(number)]


def _is_phone(number: str) -> bool:
    digits = re.sub(r"\D", "", number.replace("(0)", ""))
    if digits.startswith("44"):
        digits = "0" + digits[2:]
    return len(digits) in (10, 11) and digits[1] in "123578" and len(set(digits)) > 2


def is_date(value: object) -> bool:
    """Whether a value is a whole date, with its day."""
    if isinstance(value, str):
        return bool(re.match(_DATE, value))
    return hasattr(value, "day") and hasattr(value, "year")


def is_person(value: str, *, listed: bool) -> bool:
    """Whether a value can be a person's name; `listed`: only where it has a usual given name in it."""
    words = [word for word in re.split(r"[\s,.]+", value.strip()) if word]
    if not 1 <= len(words) <= 5 or not all(re.fullmatch(r"[^\W\d_][\w'’-]*", word) for word in words):
        return False
    if listed:
        return len(words) > 1 and any(word.casefold() in _split(_USUAL) for word in words)
    return value[:1].isupper() or value.islower()


def is_reference(value: str) -> bool:
    """Whether a value can number a person: digits in it, of some length, and no statistical code."""
    text = value.strip()
    return len(text) >= 4 and any(c.isdigit() for c in text) and not re.match(r"^[EWSNJKL]\d{8}$", text)


def personal_address(address: str) -> bool:
    """Whether an e-mail address is a person's and not an office's: first.last@, not statistics@."""
    local = address.split("@", 1)[0].casefold()
    parts = [part for part in re.split(r"[._-]", local) if part]
    return len(parts) > 1 and (parts[0] in _split(_USUAL) or len(parts[0]) == 1)
