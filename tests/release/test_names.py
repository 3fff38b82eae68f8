"""Names of authorities match as people write them; near misses are suggested."""

import pytest

from wpmi_lint.release.areas import find_area, find_authority, listed, near_authority

WP = "Work Programme"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("leeds", "Leeds"),
        ("Leeds City Council", "Leeds"),
        ("City of Leeds", "Leeds"),
        ("City of Bradford Metropolitan District Council", "Bradford"),
        ("London Borough of Brent", "Brent"),
        ("LB Brent", "Brent"),
        ("Royal Borough of Kensington & Chelsea", "Kensington and Chelsea"),
        ("Rhondda Cynon Taf County Borough Council", "Rhondda Cynon Taff"),
        ("City and County of Swansea", "Swansea"),
        ("Bristol, City of", "Bristol"),
        ("Hull City Council", "Kingston upon Hull"),
        ("Durham County Council", "County Durham"),
        ("Derbyshire County Council", "Derbyshire"),
        ("Derby City Council", "Derby"),
        ("King's Lynn & West Norfolk", "Kings Lynn and West Norfolk"),
        ("King’s Lynn and West Norfolk Borough Council", "Kings Lynn and West Norfolk"),
        ("Folkestone and Hythe District Council", "Shepway"),
        ("The Scottish Borders Council", "The Scottish Borders"),
        ("The City of Edinburgh Council", "City of Edinburgh"),
        ("Wigan MBC", "Wigan"),
    ],
)
def test_forms_of_a_name(name: str, found: str) -> None:
    authority = find_authority(name, {}, WP)
    assert authority is not None
    assert authority.name == found


@pytest.mark.parametrize("name", ["Leeds City Region", "Greater Manchester Combined Authority", "Council", "", "Leads"])
def test_other_bodies_are_no_authority(name: str) -> None:
    assert find_authority(name, {}, WP) is None


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Leads City Council", '; did you mean "Leeds"?'),
        ("Middlesborough Borough Council", '; did you mean "Middlesbrough"?'),
        ("Newcastle City Council", '; did you mean "Newcastle upon Tyne" or "Newcastle-under-Lyme"?'),
        ("Xyzzy", ""),
    ],
)
def test_near_misses(name: str, near: str) -> None:
    assert near_authority(name, {}, WP) == near


def test_the_list_is_whole_and_no_spelling_means_two() -> None:
    found = listed()
    assert len({authority.name for authority in found.authorities.values()}) == 380 + 27
    assert len({area.name for area in found.areas.values()}) == 18
    assert {area.confidence for area in found.areas.values()} == {"high", "medium-high", "medium", "low"}


@pytest.mark.parametrize("name", ["West Yorkshire", "west yorkshire", "CPA16", "CPA 16", "WY"])
def test_names_and_codes_of_areas(name: str) -> None:
    assert find_area(name, WP) == "West Yorkshire"


def test_a_code_means_nothing_in_another_programme() -> None:
    assert find_area("CPA16", "Mandatory Work Activity") == "CPA16"
    assert find_authority("Leeds", {}, "Restart") is None
