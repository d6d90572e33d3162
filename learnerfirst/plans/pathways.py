"""From a level to the one that the job needs, by the resources that cost least; what has to come before comes before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from learnerfirst.plans.preferences import Fit
from learnerfirst.plans.resource import Resource

EQUAL = 1e-9


@dataclass(frozen=True, slots=True)
class Offered:
    """The resources that suit a person, each with how it suits, and why the others do not."""

    fits: Mapping[Resource, Fit]
    against: Mapping[Resource, str]
    by_name: Mapping[str, tuple[Resource, ...]] = field(default_factory=dict)
    for_competency: Mapping[str, tuple[Resource, ...]] = field(default_factory=dict)
    unfit_for: Mapping[str, tuple[Resource, ...]] = field(default_factory=dict)
    unfit_named: Mapping[str, tuple[Resource, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, fits: Mapping[Resource, Fit]) -> Offered:
        """Sorted into those that suit, the cheapest first, and those that do not; by name, and by what they lead to."""
        ordered = sorted(fits, key=lambda each: (fits[each].cost, each.key))
        usable = {one: fits[one] for one in ordered if not fits[one].against}
        against = {one: fits[one].against for one in ordered if fits[one].against}
        return cls(
            usable,
            against,
            _by_name(usable),
            _by_competency(usable),
            _by_competency(against),
            _by_name(against),
        )

    def leading(self, competency: str) -> tuple[Resource, ...]:
        """Those that suit and lead to a competency, the cheapest first."""
        return self.for_competency.get(competency, ())


def _by_name(resources: Iterable[Resource]) -> dict[str, tuple[Resource, ...]]:
    found: dict[str, list[Resource]] = {}
    for one in resources:
        found.setdefault(one.name.casefold(), []).append(one)
    return {name: tuple(listed) for name, listed in found.items()}


def _by_competency(resources: Iterable[Resource]) -> dict[str, tuple[Resource, ...]]:
    found: dict[str, list[Resource]] = {}
    for one in resources:
        for competency in dict.fromkeys(span.competency for span in one.serves):
            found.setdefault(competency, []).append(one)
    return {competency: tuple(listed) for competency, listed in found.items()}


class Leg(NamedTuple):
    """One resource on the way, from which level to which; ``before``: what it asks for and was not done yet."""

    resource: Resource
    start: float
    end: float
    before: tuple[Resource, ...]


class _Way(NamedTuple):
    cost: float
    legs: tuple[Leg, ...]

    @property
    def order(self) -> tuple[float, int, tuple[tuple[object, ...], ...]]:
        return (round(self.cost, 6), len(self.legs), tuple(leg.resource.key for leg in self.legs))


def pathway(
    competency: str,
    required: float,
    levels: Mapping[str, float],
    offered: Offered,
    taken: frozenset[Resource] = frozenset(),
) -> tuple[Leg, ...]:
    """The legs that cost least to the required level; where none gets there, those that get furthest.

    Never a resource that begins above where the person stands by then, or that ends at or below it. Shortest path
    over the levels at which resources end (they only go up, so one pass is enough). Ties: fewer resources, then names.
    """
    start = levels[competency]
    best: dict[float, _Way] = {start: _Way(0.0, ())}
    serving = [(one, span) for one in offered.leading(competency) for span in one.spans(competency)]
    ends = sorted({start, *(span.high for _, span in serving if span.high > start + EQUAL)})
    for level in ends:
        if level not in best or level >= required - EQUAL:
            continue
        here = best[level]
        for one, span in serving:
            if not span.low <= level + EQUAL or span.high <= level + EQUAL:
                continue
            done = taken | {each for leg in here.legs for each in (*leg.before, leg.resource)}
            before = needed_before(one, {**levels, competency: level}, offered, done)
            if before is None:
                continue
            cost = sum(offered.fits[each].cost for each in (*before, one) if each not in done)
            way = _Way(here.cost + cost, (*here.legs, Leg(one, level, span.high, before)))
            if span.high not in best or way.order < best[span.high].order:
                best[span.high] = way
    there = [way for level, way in best.items() if level >= required - EQUAL]
    return min(there, key=lambda way: way.order).legs if there else best[max(best)].legs


def needed_before(
    one: Resource,
    levels: Mapping[str, float],
    offered: Offered,
    done: Iterable[Resource] = (),
    above: tuple[str, ...] = (),
) -> tuple[Resource, ...] | None:
    """What ``one`` requires and was not done, in the order to do it in; None where that cannot be done at all.

    A required resource is done with where it was taken, or where the person stands at or above all that it leads to.
    It cannot be done where the catalogue does not have it, where it does not suit, where it begins above the
    person's level, and where two require each other.
    """
    names = (*above, one.name.casefold())
    order: list[Resource] = []
    known = {each.name.casefold() for each in done}
    for required in one.requires:
        name = required.casefold()
        if name in known or any(each.name.casefold() == name for each in order):
            continue
        variants = offered.by_name.get(name, ())
        everybody = (*variants, *offered.unfit_named.get(name, ()))
        if any(_behind(each, levels) for each in everybody):
            continue
        chain = _chain(variants, levels, offered, (*done, *order), names) if name not in names else None
        if chain is None:
            return None
        order += [each for each in chain if each not in order]
    return tuple(order)


def _chain(
    variants: Iterable[Resource],
    levels: Mapping[str, float],
    offered: Offered,
    done: tuple[Resource, ...],
    above: tuple[str, ...],
) -> tuple[Resource, ...] | None:
    for each in variants:
        before = needed_before(each, levels, offered, done, above)
        if before is not None and _within_reach(each, _after(levels, before)):
            return (*before, each)
    return None


def _behind(one: Resource, levels: Mapping[str, float]) -> bool:
    """Whether the person already stands where it would lead, in everything that it leads to."""
    return bool(one.serves) and all(
        span.competency in levels and levels[span.competency] >= span.high - EQUAL for span in one.serves
    )


def _within_reach(one: Resource, levels: Mapping[str, float]) -> bool:
    known = [span for span in one.serves if span.competency in levels]
    return all(span.low <= levels[span.competency] + EQUAL for span in known)


def _after(levels: Mapping[str, float], taken: Iterable[Resource]) -> Mapping[str, float]:
    found = dict(levels)
    for one in taken:
        raised(found, one)
    return found


def raised(levels: dict[str, float], one: Resource) -> None:
    """Levels after a resource was taken: each that it leads through, from where the person stands, to its end."""
    for span in one.serves:
        if span.competency in levels and span.low <= levels[span.competency] + EQUAL:
            levels[span.competency] = max(levels[span.competency], span.high)
