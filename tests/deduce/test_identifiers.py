"""Personal identifiers are found; authorities, codes, months and offices are not taken for them."""

import pytest

from wpmi_lint.carried.ways import item
from wpmi_lint.deduce import personal
from wpmi_lint.deduce.identifiers import Identifier, identifiers
from wpmi_lint.formats import open_file
from wpmi_lint.model import Document


def found(text: str) -> dict[str, Identifier]:
    document = open_file("x.csv", text.encode())
    assert not document.unread, document
    return {thing.what: thing for thing in identifiers(document)}


@pytest.mark.parametrize("text", ["AB123456C", "AB 12 34 56 C", "AB 123456 C", "JG 10 37 59 A", "AB-12-34-56-C"])
def test_nino(text: str) -> None:
    assert personal.ninos(f"NINo {text}.")


NO_NINO = ["BG123456C", "TN123456A", "ZZ123456A", "DB123456A", "AO123456A", "AB123456E", "XAB123456C", "E09000001"]


@pytest.mark.parametrize("text", NO_NINO)
def test_no_nino(text: str) -> None:
    assert not personal.ninos(text)


@pytest.mark.parametrize("text", ["LS1 4AP", "SW1A 1AA", "M1 1AE", "EC1A1BB", "b33 8th".upper()])
def test_postcode(text: str) -> None:
    assert personal.postcodes(text)


@pytest.mark.parametrize("text", ["LS1", "LS1 4", "SW1A", "E09000001", "Q1 2AB", "PG1 2012", "Table A1 2nd", "AA1 4CK"])
def test_no_full_postcode(text: str) -> None:
    assert not personal.postcodes(text)


@pytest.mark.parametrize("text", ["07700 900123", "0113 496 0000", "+44 7700 900123", "020 7946 0000", "0161 496 0000"])
def test_phone(text: str) -> None:
    assert personal.phones(text)


@pytest.mark.parametrize("text", ["2012 2013 2014", "0.1234567891", "1234567890", "0000000000", "01/02/2012"])
def test_no_phone(text: str) -> None:
    assert not personal.phones(text)


COLUMNS = [
    ("NINo", "National Insurance No,Start\nAB 12 34 56 C,1\nJG103759A,2\n", 2),
    ("NINo", "Who,Start\nAB123456C,1\nnone,2\n", 1),
    ("name", "Participant name,Outcome\nJane Smith,1\nOlu Adeyemi,1\n", 2),
    ("name", "Surname,Forename\nSmith,Jane\nAdeyemi,Olu\n", 2),
    ("name", "Name,Payment group\nJane Smith,PG1\nJohn Brown,PG2\n", 2),
    ("date of birth", "Client,DOB\n1,12/03/1991\n2,01/11/1987\n", 2),
    ("postcode", "Area,Postcode\nLeeds,LS1 4AP\nYork,YO1 7HH\n", 2),
    ("e-mail", "Client,Email\n1,jane.smith@example.com\n2,olu@example.org\n", 2),
    ("phone", "Client,Mobile\n1,07700 900123\n2,07700 900456\n", 2),
    ("reference", "Participant ID,Referrals\nWP10023,1\nWP10024,1\nWP10031,1\n", 3),
    ("row-level", "Sex,Age,Ethnicity,Referral date\nF,24,A,1/2/2012\nM,51,B,3/2/2012\nF,19,A,9/2/2012\n", 3),
    ("row-level", "NINo,Started\nAB123456C,yes\nJG103759A,no\n", 2),
]


@pytest.mark.parametrize(("what", "text", "count"), COLUMNS)
def test_columns(what: str, text: str, count: int) -> None:
    thing = found(text)[what]
    assert thing.number == count
    assert thing.certain


CLEAN = [
    "Local authority name,Code,Referrals\nLeeds City Council,E08000035,140\nMilton Keynes,E06000042,60\n",
    "Name,Referrals\nMilton Keynes,140\nNorth Yorkshire,60\nSt Helens,20\n",
    "Month,Referrals\nJune 2011,140\nJuly 2011,60\n",
    "Sex,Age,Ethnicity,Referrals\nF,18-24,A,140\nM,25+,B,60\nF,25+,A,20\n",
    "Sex,Age,Ethnicity,Referrals\nF,18-24,A,*\nM,25+,B,60\nF,25+,A,20\n",
    "Postcode area,Referrals\nLS,140\nYO,60\n",
    "Postcode district,Referrals\nLS1,140\nYO1,60\n",
    "Table,Ref,Title\n1,A1,Referrals\n2,A1,Starts\n",
    "Area,Referrals\nLeeds,140\nYork,60\nContact: statistics@example.gov.uk or 0113 496 0000\n",
    "Births by month,Count\nJanuary,140\nFebruary,60\n",
]


@pytest.mark.parametrize("text", CLEAN)
def test_clean_tables(text: str) -> None:
    assert found(text) == {}


def test_places_are_for_a_person_to_judge() -> None:
    thing = found("School,Postcode\nA,LS1 4AP\nB,YO1 7HH\nC,M1 1AE\n")["postcode"]
    assert not thing.certain


def test_inside_what_is_hidden() -> None:
    document = Document("x.xlsx", "xlsx", "", b"", ())
    things = identifiers(document, (item("comments", "sheet 'Table 1'", words=("see AB123456C",)),))
    assert [(thing.what, thing.hidden, thing.number) for thing in things] == [("NINo", True, 1)]
    assert "AB123456C" not in str(things)
