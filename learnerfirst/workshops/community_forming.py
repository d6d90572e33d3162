"""Learning groups formed of a community's members as they are now: what they can be balanced by, and the forming itself.

Nothing here reads the store, so that it may run in a thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from learnerfirst.communities import CommunityPlan, Member
from learnerfirst.content import texts
from learnerfirst.groups import Balance, Field, field_of, formed, joined, plain_of, summary_of, unmet_of
from learnerfirst.workshops.community_groups import Pair, Round

SAID = ("department", "place", "zone")
TRAITS = ("strengths", "preferences")


@dataclass(frozen=True, slots=True)
class Wanted:
    """How groups shall be formed; ``balance``: ids of :func:`member_fields`, pairs hold members' ids.

    ``managers``: members and their managers are kept apart.
    """

    size: int
    balance: tuple[str, ...] = ()
    apart: tuple[Pair, ...] = ()
    together: tuple[Pair, ...] = ()
    managers: bool = True
    seed: int = 0


def member_fields(plan: CommunityPlan) -> tuple[Field, ...]:
    """What members said of themselves that groups could be balanced by, and whether it can be."""
    found = [field_of(name, [str(getattr(one, name)) for one in plan.members]) for name in SAID]
    return (*found, *(_trait_field(plan, name) for name in TRAITS))


def form_round(plan: CommunityPlan, rounds: Sequence[Round], wanted: Wanted, day: date) -> Round:
    """Form groups of all members; who was together in one of ``rounds`` is not again, as far as there is a way.

    ImpossibleGroups and InvalidInput name members by name.
    """
    names = unique_names(plan.members)
    columns = _columns(plan, wanted.balance)
    rows = [
        {"person_id": names[one.id], **{column: values[at] for column, (values, _) in columns.items()}}
        for at, one in enumerate(plan.members)
    ]
    apart = [*wanted.apart, *(_managers(plan.members) if wanted.managers else ())]
    words = texts("groups")
    found = formed(
        rows,
        wanted.size,
        {column: weight for column, (_, weight) in columns.items()},
        words,
        [[names[one] for one in pair] for pair in apart if all(one in names for one in pair)],
        [[names[one] for one in pair] for pair in wanted.together if all(one in names for one in pair)],
        _previous(rounds, names) or None,
        wanted.seed,
    )
    balance = tuple(_joined(name, found.balance) for name in wanted.balance if _columns(plan, (name,)))
    told = [replace(one, criterion=criterion_words(one.criterion)) for one in balance]
    ids = {name: one for one, name in names.items()}
    return Round(
        day,
        wanted.size,
        tuple(tuple(ids[name] for name in group) for group in found.members),
        balance,
        unmet_of(told, len(found.repeated), wanted.size, found.members, words),
        summary_of(told, found.members, words),
    )


def criterion_words(criterion: str) -> str:
    """What a criterion of :func:`member_fields` is called."""
    return str(texts("community_groups")["criteria"].get(criterion, criterion))


def _trait_field(plan: CommunityPlan, name: str) -> Field:
    said = [getattr(one, name) for one in plan.members]
    levels = {trait for traits in said for trait in traits}
    if not said or 2 * sum(1 for traits in said if traits) < len(said):
        return Field(name, "unknown", len(levels))
    if _varying(plan, name):
        return Field(name, "varies", len(levels))
    return Field(name, "same" if all(set(traits) == levels for traits in said) else "single", len(levels))


def _varying(plan: CommunityPlan, name: str) -> list[str]:
    """Traits that at least two said, and not everybody."""
    said = [set(getattr(one, name)) for one in plan.members]
    traits = sorted(set().union(*said))
    return [one for one in traits if 2 <= sum(one in each for each in said) < len(said)]


def _columns(plan: CommunityPlan, balance: Iterable[str]) -> dict[str, tuple[list[str], float]]:
    """Columns by name with their values and weights; a trait is a column of its own, all traits of a kind weigh as one."""
    found: dict[str, tuple[list[str], float]] = {}
    for name in balance:
        if name in SAID:
            found[name] = ([plain_of(str(getattr(one, name))) for one in plan.members], 1.0)
            continue
        traits = _varying(plan, name) if name in TRAITS else []
        for trait in traits:
            values = ["yes" if trait in getattr(one, name) else "no" for one in plan.members]
            found[f"{name}: {trait}"] = (values, 1.0 / len(traits))
    return found


def _joined(name: str, balance: Iterable[Balance]) -> Balance:
    return joined(name, [one for one in balance if one.criterion.partition(": ")[0] == name])


def unique_names(members: Iterable[Member]) -> dict[str, str]:
    """Id to name; who is called like another has a number behind the name."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for one in members:
        name, number = one.name, 1
        while name in taken:
            number += 1
            name = f"{one.name} ({number})"
        taken.add(name)
        found[one.id] = name
    return found


def _managers(members: Iterable[Member]) -> list[Pair]:
    return [(one.id, one.manager) for one in members if one.manager and one.manager != one.id]


def _previous(rounds: Iterable[Round], names: Mapping[str, str]) -> list[Any]:
    import pandas as pd

    frames = []
    for one in rounds:
        rows = [
            (names[person], number)
            for number, group in enumerate(one.members)
            for person in group
            if person in names
        ]
        frames.append(pd.DataFrame(rows, columns=["person_id", "group"]))
    return frames
