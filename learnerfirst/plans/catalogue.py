"""A catalogue of resources: what is not lined up to a competency yet, lining it up, and the whole as plain values."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from learnerfirst.answers import shown
from learnerfirst.errors import Fault
from learnerfirst.intake.words import WordMatch, match_words
from learnerfirst.plans.incoming import invalid, number_in, text_in, texts_in
from learnerfirst.plans.resource import MOST_MINUTES, Resource, Span
from learnerfirst.success_profiles import SuccessProfile

KEYS = ("name", "serves", "kind", "devices", "minutes", "language", "requires", "access", "link")
LONGEST = {"name": 200, "kind": 60, "language": 60, "link": 500}
MOST_PARTS = 30


def untagged(resources: Iterable[Resource]) -> tuple[Resource, ...]:
    """Those that nobody has lined up to a competency yet, by name.

    >>> [one.name for one in untagged([Resource("Guide", (Span("asking"),)), Resource("Film")])]
    ['Film']
    """
    return tuple(sorted((one for one in resources if one.untagged), key=lambda one: one.key))


def tagged(resources: Iterable[Resource], name: str, span: Span) -> tuple[Resource, ...]:
    """The catalogue with every resource of this name lined up to ``span``; another span of the same competency goes.

    Raises InvalidInput where there is none of this name, or where the levels do not go up.

    >>> [one.serves for one in tagged([Resource("Film")], "Film", Span("asking", 0, 2))]
    [(Span(competency='asking', low=0, high=2),)]
    """
    if not span.low < span.high:
        raise invalid([Fault("to_level", f"{span.high:g}", f"a level above from_level, {span.low:g}")])
    return _changed(resources, name, lambda one: (*_without(one, span.competency), span))


def untag(resources: Iterable[Resource], name: str, competency: str) -> tuple[Resource, ...]:
    """The catalogue with the resources of this name no longer lined up to ``competency``."""
    return _changed(resources, name, lambda one: _without(one, competency))


def _changed(resources: Iterable[Resource], name: str, serves: Any) -> tuple[Resource, ...]:
    listed = tuple(resources)
    if not any(one.name == name for one in listed):
        raise invalid([Fault("resource", shown(name), "the name of a resource in the catalogue")])
    return tuple(
        replace(one, serves=tuple(sorted(serves(one)))) if one.name == name else one for one in listed
    )


def _without(one: Resource, competency: str) -> tuple[Span, ...]:
    return tuple(span for span in one.serves if span.competency != competency)


def ways_of(profiles: Iterable[SuccessProfile]) -> dict[str, tuple[str, ...]]:
    """Each competency's id, with the words by which files may call it: its id and its name."""
    found: dict[str, dict[str, None]] = {}
    for profile in profiles:
        for one in profile.competencies:
            found.setdefault(one.id, {}).update(dict.fromkeys((one.id, one.name)))
    return {key: tuple(ways) for key, ways in found.items()}


def propose_tags(
    resources: Iterable[Resource], competencies: Mapping[str, Sequence[str]]
) -> tuple[WordMatch, ...]:
    """For each untagged resource the competency that its name may mean ("" where none does), to be confirmed by a person.

    >>> propose_tags([Resource("Asking back, step by step")], {"asking": ("Asking back",), "budget": ("Budgeting",)})
    (WordMatch(word='Asking back, step by step', count=1, meaning='asking', score=0.9),)
    """
    names = {one.name: 1 for one in untagged(resources)}
    return match_words(names, competencies)


def as_dict(one: Resource) -> dict[str, Any]:
    """A resource as plain values for JSON; :func:`resource_from` reads it."""
    return {
        "name": one.name,
        "serves": [[span.competency, _finite(span.low), _finite(span.high)] for span in one.serves],
        "kind": one.kind,
        "devices": list(one.devices),
        "minutes": one.minutes,
        "language": one.language,
        "requires": list(one.requires),
        "access": list(one.access),
        "link": one.link,
    }


def _finite(level: float) -> float | None:
    return level if math.isfinite(level) else None


def resource_from(values: object, where: str = "resource") -> Resource:
    """The resource out of plain values, as :func:`as_dict` gives them; InvalidInput with every fault at once.

    >>> film = Resource("Film", (Span("asking", 0.0, 2.0),), "video", ("phone",), 8.0)
    >>> resource_from(as_dict(film)) == film
    True
    """
    if not isinstance(values, Mapping):
        raise invalid([Fault(where, shown(values), f"a mapping with: {', '.join(KEYS)}")])
    faults = [Fault(where, f"the key {shown(key)}", ", ".join(KEYS)) for key in values if key not in KEYS]
    minutes = number_in(values.get("minutes"), f"{where}.minutes", faults)
    one = Resource(
        text_in(values.get("name")),
        tuple(sorted(_spans(values.get("serves") or (), where, faults))),
        text_in(values.get("kind")),
        texts_in(values.get("devices") or ()),
        minutes,
        text_in(values.get("language")),
        texts_in(values.get("requires") or ()),
        texts_in(values.get("access") or ()),
        text_in(values.get("link")),
    )
    faults += resource_faults(one, where)
    if faults:
        raise invalid(faults)
    return one


def _spans(serves: Any, where: str, faults: list[Fault]) -> list[Span]:
    found = []
    for at, part in enumerate(serves if isinstance(serves, list | tuple) else [serves]):
        place = f"{where}.serves[{at}]"
        if not isinstance(part, list | tuple) or len(part) != 3 or not text_in(part[0]):
            faults.append(Fault(place, shown(part), "competency, from level, to level"))
            continue
        low, high = number_in(part[1], place, faults), number_in(part[2], place, faults)
        found.append(
            Span(
                text_in(part[0]),
                -math.inf if low is None else low,
                math.inf if high is None else high,
            )
        )
    return found


def resource_faults(one: Resource, where: str = "resource") -> list[Fault]:
    """Everything that is wrong with a resource."""
    faults = []
    if not one.name:
        faults.append(Fault(f"{where}.name", "nothing", "a name"))
    for key, most in LONGEST.items():
        if len(getattr(one, key)) > most:
            faults.append(Fault(f"{where}.{key}", f"{len(getattr(one, key))} characters", f"{most} at most"))
    for key in ("serves", "devices", "requires", "access"):
        parts = getattr(one, key)
        if len(parts) > MOST_PARTS or any(len(part) > 200 for part in parts if isinstance(part, str)):
            faults.append(
                Fault(
                    f"{where}.{key}", f"{len(parts)} parts", f"{MOST_PARTS} at most, of 200 characters each"
                )
            )
    for span in one.serves:
        if not span.low < span.high:
            found = f"{span.competency}: {span.low:g} to {span.high:g}"
            faults.append(Fault(f"{where}.serves", found, "levels that go up"))
    if one.minutes is not None and not 0 <= one.minutes <= MOST_MINUTES:
        faults.append(Fault(f"{where}.minutes", f"{one.minutes:g}", f"0 to {MOST_MINUTES:,}, or nothing"))
    if one.link and not one.link.startswith(("https://", "http://")):
        faults.append(
            Fault(f"{where}.link", shown(one.link), "an address that begins with https:// or http://")
        )
    return faults
