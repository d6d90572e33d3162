"""How members introduce themselves: the sheet, the round on their phones, and members out of what they entered.

An introduction is named by choice: it has a key of its own, is seen by the people of the workshop, and whoever takes
it back is no member any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from learnerfirst.communities import Member, Method
from learnerfirst.content import texts
from learnerfirst.content.communities import community_method
from learnerfirst.workshops.values import Activity

PURPOSE = "introduction"
TRAITS: Mapping[str, str] = {"strengths": "strength", "weaknesses": "weakness", "preferences": "preference"}
"""Questions of the sheet, and the kind of traits that each offers."""
SHORT, LONG = ("department", "place"), ("brings", "hopes", "avoid")
NAME, LONGEST = 100, 400
PARTS: Mapping[str, tuple[str, ...]] = {
    "about": ("name", "brings", "hopes"),
    "work": ("strengths", "weaknesses", "preferences", "avoid"),
    "where": ("department", "place", "zone"),
}
"""The parts of the sheet, in order, and what is asked in each."""


def open_introductions(workshops: Any, code: str, community_id: str, name: str) -> Activity:
    """Ask members to introduce themselves, under the workshop's code; NotAllowed while another thing is asked by code."""
    body = introduction_sheet(name, community_method())
    stored = workshops.put_questionnaire(code, f"intro_{community_id}"[:40], body)
    opened: Activity = workshops.open_activity(code, stored, purpose=PURPOSE, about=community_id)
    return opened


def introduced(workshops: Any, code: str, community_id: str) -> tuple[Member, ...]:
    """Those who introduced themselves, by name."""
    found = workshops.named_people(code, f"{PURPOSE}:{community_id}")
    members = [member_of(person, body) for person, body in found.items()]
    return tuple(sorted(members, key=lambda one: (one.name.casefold(), one.id)))


def member_id(workshops: Any, code: str, community_id: str, key: str) -> str | None:
    """The member that the holder of this key is in a community; None where they are none (any more)."""
    found: str | None = workshops.who_am_i(code, f"{PURPOSE}:{community_id}", key)
    return found


def introduction_sheet(name: str, method: Method) -> dict[str, Any]:
    """The sheet of a community: only the name is needed; traits are those of the content."""
    words = texts("community_introduction")
    asked: list[dict[str, Any]] = [
        {"id": "name", "kind": "short_text", "stem": words["name"], "required": True, "max_length": NAME}
    ]
    asked += [_written(key, "long_text", words) for key in LONG[:2]]
    for key, kind in TRAITS.items():
        options = [{"id": one.id, "text": one.text} for one in method.traits if one.kind == kind]
        asked.append({"id": key, "kind": "several", "stem": words[key], "options": options})
    asked.append(_written("avoid", "long_text", words))
    asked += [_written(key, "short_text", words) for key in SHORT]
    zones = [{"id": _zone_id(zone), "text": text} for zone, text in words["zones"].items()]
    asked.append({"id": "zone", "kind": "dropdown", "stem": words["zone"], "options": zones})
    plain = name.replace("{", "(").replace("}", ")")
    title = words["title"].format(name=plain)
    sections = {key: part for part, keys in PARTS.items() for key in keys}
    return {
        "id": PURPOSE,
        "version": "1",
        "language": words["language"],
        "title": title,
        "layout": "quick",
        "sections": [
            {"id": part, "title": words.get(part, title), "intro": words[f"{part}_intro"]} for part in PARTS
        ],
        "questions": [
            {**one, "section": sections[one["id"]], "help": words.get(f"{one['id']}_help", "")}
            for one in asked
        ],
    }


def member_of(person: str, body: Mapping[str, Any]) -> Member:
    """A member out of what they entered; ``person`` is the id that may be told."""
    zones = {_zone_id(zone): zone for zone in texts("community_introduction")["zones"]}
    said: dict[str, Any] = {key: str(body.get(key) or "").strip() for key in (*SHORT, *LONG)}
    said |= {key: tuple(str(one) for one in body.get(key) or ()) for key in TRAITS}
    zone = zones.get(str(body.get("zone") or ""), "")
    return Member(person, str(body["name"]).strip(), **said, zone=zone)


def entry_of(member: Member) -> dict[str, Any]:
    """What a member would have entered: the other way round of :func:`member_of`, without what was left out.

    >>> entry_of(Member("m1", "Ana", strengths=("listens",), zone="Europe/London"))
    {'name': 'Ana', 'strengths': ['listens'], 'zone': 'europe_london'}
    """
    said: dict[str, Any] = {key: getattr(member, key) for key in ("name", *SHORT, *LONG)}
    said |= {key: list(getattr(member, key)) for key in TRAITS}
    said |= {"zone": _zone_id(member.zone)}
    return {key: value for key, value in said.items() if value}


def _written(key: str, kind: str, words: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": key, "kind": kind, "stem": words[key], "max_length": NAME if key in SHORT else LONGEST}


def _zone_id(zone: str) -> str:
    """The name of a time zone as an option's id.

    >>> _zone_id("America/New_York")
    'america_new_york'
    """
    return "".join(letter if letter.isalnum() else "_" for letter in zone.lower())
