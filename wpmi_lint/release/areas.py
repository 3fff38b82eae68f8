"""Contract package areas and the authorities in them, as data/areas.json and the register say."""

from __future__ import annotations

import json
import os
from functools import cache
from typing import TYPE_CHECKING

from wpmi_lint.closest import nearest
from wpmi_lint.records import NamedTuple
from wpmi_lint.release import names

if TYPE_CHECKING:
    from collections.abc import Mapping

WORK_PROGRAMME = "Work Programme"


class Authority(NamedTuple):
    """A local authority. `confidence` says how sure its area is: high, medium-high, medium, low; "" not known."""

    name: str
    area: str  # "" where it is not known
    confidence: str
    source: str  # "register", "list of 2012"


class Area(NamedTuple):
    """A contract package area of the list."""

    name: str
    code: str
    confidence: str
    basis: str


class AreaList(NamedTuple):
    """The list of 2012: areas and authorities by every spelling that names them."""

    areas: Mapping[str, Area]
    authorities: Mapping[str, Authority]


@cache
def listed() -> AreaList:
    """The areas and authorities of the Work Programme as at 28 June 2012; read once."""
    with open(os.path.join(os.path.dirname(__file__), "data", "areas.json"), encoding="utf-8") as stream:
        data = json.load(stream)
    areas: dict[str, Area] = {}
    authorities: dict[str, Authority] = {}
    for row in data["areas"]:
        area = Area(**{key: row[key] for key in Area._fields})
        areas |= {
            names.plain(word): area
            for word in (area.name, area.code, area.code.replace("CPA", "CPA "), *row["aliases"])
        }
        for name in (*row["authorities"], *row["counties"]):
            entry = Authority(name=name, area=area.name, confidence=area.confidence, source="list of 2012")
            for spelling in (name, *data["other_names"].get(name, ())):
                authorities[names.authority(spelling)] = entry
    return AreaList(areas=areas, authorities=authorities)


def find_authority(name: str, own: Mapping[str, Authority], programme: str) -> Authority | None:
    """The authority of that name: as the register says, else as the list does where the programme is its own."""
    key = names.authority(name)
    registered = own.get(key)
    from_list = listed().authorities.get(key) if is_listed(programme) else None
    if registered and not registered.area and from_list:
        return registered._replace(area=from_list.area, confidence=from_list.confidence)
    return registered or from_list


def find_area(name: str, programme: str) -> str:
    """An area's name in full ("CPA 16" is West Yorkshire); a name that is not in the list stays as it is."""
    area = listed().areas.get(names.plain(name)) if is_listed(programme) else None
    return area.name if area else name


def is_listed(programme: str) -> bool:
    """Whether the list is about this programme: others use the same codes for other areas."""
    return names.plain(programme) == names.plain(WORK_PROGRAMME)


def near_authority(name: str, own: Mapping[str, Authority], programme: str) -> str:
    """`; did you mean "Leeds"?`, or nothing."""
    authorities = [entry.name for entry in own.values()]
    authorities += [entry.name for entry in listed().authorities.values()] if is_listed(programme) else []
    spelled = {names.authority(entry): entry for entry in authorities}
    key = names.authority(name)
    longer = [f'"{entry}"' for other, entry in spelled.items() if key and other.startswith(f"{key} ")]
    if longer:
        return f"; did you mean {' or '.join(longer[:2])}?"
    near = nearest(key, spelled)
    return f'; did you mean "{spelled[near]}"?' if near else ""
