"""Learning communities as content: ``communities.yaml`` (what is known about them) and ``icebreakers.yaml``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from learnerfirst.communities.icebreakers import ENERGIES, NEEDS, PLACES, Icebreaker
from learnerfirst.communities.method import (
    BLOCKERS,
    FIELDS,
    KINDS,
    LIFE_STAGES,
    PHASES,
    REASONS,
    RISKS,
    Gap,
    Method,
    Phase,
    RiskText,
    Rule,
    Told,
    Trait,
)
from learnerfirst.communities.plan import WAYS_TO_DECIDE
from learnerfirst.content.cursor import Cursor, unique
from learnerfirst.content.folders import find, stamp
from learnerfirst.content.strict_yaml import read_yaml

COMMUNITIES, ICEBREAKERS = "communities", "icebreakers"
KEYS = (
    *("id", "language", "decide", "blockers", "risks", "traits", "rules", "agreement", "opening"),
    *("phases", "pulse", "fields", "stages", "reasons", "warnings"),
)
PULSE = ("title", "challenged", "safe", "yes", "no")
WARNINGS = ("long_inception", "rhythm", "attendance", "overdue", "nothing_tried")
IN_REASONS = ("held", "rhythm", "attendance", "own", "done", "days", "quiet")
HUNDRED = 100
_T = TypeVar("_T", Gap, RiskText, Told, Phase)


def community_method(language: str = "") -> Method:
    """What is known about communities; the user's own file stands in front of ours.

    >>> method = community_method()
    >>> [phase.name for phase in method.phases], len(method.risks), len(method.rules) >= 15
    (['Take it apart', 'Use it', 'Look back'], 6, True)
    """
    file = find(COMMUNITIES, "", language)
    return _method(file, stamp(file))


def icebreakers(language: str = "") -> tuple[Icebreaker, ...]:
    """All icebreakers, in the order of the file; the user's own file stands in front of ours.

    >>> len(icebreakers()) >= 20
    True
    """
    file = find(ICEBREAKERS, "", language)
    return _icebreakers(file, stamp(file))


@lru_cache(maxsize=8)
def _method(file: Path, _stamp: object) -> Method:
    return read_method(file)


@lru_cache(maxsize=8)
def _icebreakers(file: Path, _stamp: object) -> tuple[Icebreaker, ...]:
    return read_icebreakers(file)


def read_icebreakers(file: Path) -> tuple[Icebreaker, ...]:
    """One file of icebreakers, types checked; ContentError with every fault."""
    top = Cursor.at_top(read_yaml(file))
    top.only("id", "language", "icebreakers")
    listed = [(entry, _icebreaker(entry)) for entry in top.items("icebreakers")]
    unique([(entry, one.id) for entry, one in listed], "icebreaker")
    top.finish()
    return tuple(one for _, one in listed)


def _icebreaker(entry: Cursor) -> Icebreaker:
    entry.only("id", "name", "minutes", "low", "high", "where", "energy", "needs", "steps")
    low, high = entry.whole("low", 2, 1000) or 2, entry.whole("high", 2, 1000) or 1000
    if high < low:
        entry.fault(f"{low} or more, as low says", "high")
    where, steps = entry.texts("where", PLACES), entry.texts("steps")
    for key in ("where", "steps"):
        if isinstance(entry.value, dict) and entry.value.get(key, []) == []:
            entry.fault("at least one entry", key, "none")
    return Icebreaker(
        id=entry.text("id"),
        name=entry.text("name"),
        steps=steps,
        minutes=entry.whole("minutes", 1, 60) or 1,
        low=low,
        high=high,
        where=where,
        energy=entry.one_of("energy", ENERGIES),
        needs=entry.texts("needs", NEEDS),
    )


def read_method(file: Path) -> Method:
    """One file about communities, types and references checked; ContentError with every fault."""
    top = Cursor.at_top(read_yaml(file))
    top.only(*KEYS)
    traits = _traits(top)
    method = Method(
        blockers=_by_id(top, "blockers", _gap, BLOCKERS),
        risks=_by_id(top, "risks", _risk, RISKS),
        traits=traits,
        rules=_rules(top, {one.id for one in traits}),
        phases=tuple(_by_id(top, "phases", _phase, PHASES).values()),
        fields=_by_id(top, "fields", _told, FIELDS),
        stages=_by_id(top, "stages", _told, LIFE_STAGES),
        reasons=_named(top, "reasons", REASONS, IN_REASONS),
        warnings=_named(top, "warnings", WARNINGS, ("months", "overdue", "held")),
        agreement=top.texts("agreement"),
        opening=top.texts("opening"),
        decide=_named(top, "decide", WAYS_TO_DECIDE),
        pulse={**_named(top, "pulse", PULSE), "language": top.text("language")},
    )
    if sum(phase.share for phase in method.phases) != HUNDRED:
        top.fault("phases whose shares add up to 100", "phases", [phase.share for phase in method.phases])
    top.finish()
    return method


def _by_id(top: Cursor, key: str, build: Callable[[Cursor], _T], needed: Collection[str]) -> Mapping[str, _T]:
    """Entries by id: each of ``needed`` once, no others, in that order."""
    listed = [(entry, build(entry)) for entry in top.items(key)]
    unique([(entry, one.id) for entry, one in listed], key)
    found = {one.id: one for _, one in listed}
    for entry, one in listed:
        if one.id not in needed:
            entry.fault(f"one of: {', '.join(needed)}", "id")
    lacking = [name for name in needed if name not in found]
    if lacking and top.has(key):
        top.fault(f"an entry for each of: {', '.join(lacking)}", key, "none")
    return {name: found[name] for name in needed if name in found}


def _named(top: Cursor, key: str, needed: Collection[str], places: Collection[str] = ()) -> Mapping[str, str]:
    """Texts by name: each of ``needed``, and nothing in braces but ``places``."""
    entry = top.within(key)
    entry.only(*needed)
    return {name: _sentence(entry, name, places) for name in needed}


def _sentence(entry: Cursor, key: str, places: Collection[str]) -> str:
    text = entry.text(key)
    try:
        text.format(**dict.fromkeys(places, "x"))
    except (KeyError, ValueError, IndexError, AttributeError):
        entry.fault(f"only these in braces: {', '.join(places) or 'none'}", key)
    return text


def _gap(entry: Cursor) -> Gap:
    entry.only("id", "missing", "matters", "do")
    return Gap(
        entry.text("id"), _sentence(entry, "missing", ("name",)), entry.text("matters"), entry.text("do")
    )


def _risk(entry: Cursor) -> RiskText:
    entry.only("id", "name", "matters", "do", "signs")
    risk_id = entry.text("id")
    signs = _named(entry, "signs", RISKS.get(risk_id, ()))
    return RiskText(risk_id, entry.text("name"), entry.text("matters"), entry.text("do"), signs)


def _told(entry: Cursor) -> Told:
    entry.only("id", "name", "says", "do")
    return Told(entry.text("id"), entry.text("name"), entry.text("says"), entry.text("do"))


def _phase(entry: Cursor) -> Phase:
    entry.only("id", "name", "aim", "share", "prompts")
    share = entry.whole("share", 1, 98) or 1
    prompts = entry.texts("prompts")
    if not prompts:
        entry.fault("at least one prompt", "prompts", "none")
    return Phase(entry.text("id"), entry.text("name"), entry.text("aim"), share, prompts)


def _traits(top: Cursor) -> tuple[Trait, ...]:
    listed = []
    for entry in top.items("traits"):
        entry.only("id", "kind", "text")
        listed.append((entry, Trait(entry.text("id"), entry.one_of("kind", KINDS), entry.text("text"))))
    unique([(entry, one.id) for entry, one in listed], "trait")
    return tuple(one for _, one in listed)


def _rules(top: Cursor, traits: Collection[str]) -> tuple[Rule, ...]:
    listed = [(entry, _rule(entry, traits)) for entry in top.items("rules")]
    unique([(entry, one.id) for entry, one in listed], "rule")
    return tuple(one for _, one in listed)


def _rule(entry: Cursor, traits: Collection[str]) -> Rule:
    entry.only("id", "traits", "beside", "people", "share", "do", "because")
    share = entry.number("share") or 0.0
    if not 0 <= share <= 1:
        entry.fault("a number from 0 to 1", "share")
    asked = entry.texts("traits", traits)
    if not asked:
        entry.fault("at least one trait", "traits", "none")
    return Rule(
        id=entry.text("id"),
        traits=asked,
        do=entry.text("do"),
        because=_sentence(entry, "because", ("n", "size", "beside")),
        people=entry.whole("people", 1, 1000, 1) or 1,
        share=share,
        beside=entry.texts("beside", traits),
    )
