"""Names of authorities, areas and people, compared as people write them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from wpmi_lint.patterns import glob

# "City" alone is not a form of a council: "Leeds City Region" is not Leeds.
FORMS = re.compile(
    r"^the (?=.)|^l ?b (?:of )?|^r ?b (?:of )?|^city and county of "
    r"|^(?:london |royal |metropolitan |county )borough (?:council )?of "
    r"|^(?:city|county|borough|council)(?: council)? of (?!.* council$)"
    r"| (?:metropolitan |county |royal )?(?:city|borough|district|county|county borough)? ?(?:council|corporation)$"
    r"| (?:city|county) of$|^county (?=\w+$)| (?:mbc|mdc|cbc|lbc|bc|dc|cc)$| london borough(?: council)?$| city$"
)


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """A name without case, accents and punctuation, "&" written out."""
    text = unicodedata.normalize("NFKD", name.casefold().replace("&", " and "))
    letters = "".join(c for c in text if not unicodedata.combining(c) and c not in "'’‘.")
    return re.sub(r"[^0-9a-z]+", " ", letters).strip()


@lru_cache(maxsize=4096)
def authority(name: str) -> str:
    """An authority's name without the words for its form: "London Borough of Brent" and "Brent Council" are "brent"."""
    text, before = plain(name), ""
    while text != before:
        before, text = text, FORMS.sub("", text).strip() or text
    return text


def fits(words: str, pattern: str) -> bool:
    """Words of a title, sheet or header against a pattern, through case, spaces and punctuation; * is any words."""
    return glob("*".join(map(plain, pattern.split("*"))), plain(words))


def same_person(name: str, other: str) -> bool:
    """Whether two names are one person's, through case and punctuation."""
    return bool(name) and plain(name) == plain(other)
