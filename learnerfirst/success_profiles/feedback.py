"""Word from the job about a profile: what no longer matters, what is missing, what is not part of the job; and the next version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from learnerfirst.errors import Fault, InvalidInput
from learnerfirst.success_profiles.checking import unknown_ids
from learnerfirst.success_profiles.profile import Competency, SuccessProfile
from learnerfirst.success_profiles.proposals import Proposal, new_proposals

MATTERS = "matters"
NO_LONGER = "no_longer"
NOT_MINE = "not_my_job"
WORDS = (MATTERS, NO_LONGER, NOT_MINE)
AT_LEAST = 2
SHARE = 1 / 3


@dataclass(frozen=True, slots=True)
class Heard:
    """What people said about one competency; ``asked`` is how many said anything about it."""

    id: str
    asked: int
    no_longer: int
    not_mine: int


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a number of sheets say: by competency, in the profile's order, and what is missing in it.

    ``missing``: proposals, each with the number of people who named it, the most named first.
    """

    people: int
    heard: tuple[Heard, ...]
    missing: tuple[tuple[Proposal, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A proposal for the next version. ``kind``: "drop" (no longer matters), "move" (not part of this job: perhaps
    another role's), "add" (missing). ``said`` of ``asked`` people said so."""

    kind: str
    id: str
    name: str
    said: int
    asked: int


def feedback(
    profile: SuccessProfile,
    sheets: Iterable[Mapping[str, str]],
    missing: Iterable[Iterable[str]] = (),
) -> Feedback:
    """Counts of what people said.

    ``sheets``: one mapping a person, from competency id to one of "matters", "no_longer", "not_my_job".
    ``missing``: the names that each person gave. InvalidInput for other ids and other words.
    """
    persons = [dict(sheet) for sheet in sheets]
    unknown = sorted({key for person in persons for key in person} - set(profile.ids))
    if unknown:
        raise unknown_ids("feedback", unknown, profile.ids)
    _refuse_other_words(persons)
    heard = tuple(
        Heard(
            key,
            asked=sum(key in person for person in persons),
            no_longer=sum(person.get(key) == NO_LONGER for person in persons),
            not_mine=sum(person.get(key) == NOT_MINE for person in persons),
        )
        for key in profile.ids
    )
    named = [new_proposals(names) for names in missing]
    every = new_proposals((one.name for names in named for one in names), profile.ids)
    counts = [(one, sum(any(_same(one, mine) for mine in names) for names in named)) for one in every]
    counts.sort(key=lambda pair: (-pair[1], pair[0].name.casefold()))
    return Feedback(max(len(persons), len(named)), heard, tuple(counts))


def _same(one: Proposal, other: Proposal) -> bool:
    return one.name.casefold() == other.name.casefold()


def _refuse_other_words(persons: Sequence[Mapping[str, str]]) -> None:
    wrong = sorted({word for person in persons for word in person.values() if word not in WORDS})
    if wrong:
        faults = [Fault("feedback", repr(word), f"one of: {', '.join(WORDS)}") for word in wrong]
        raise InvalidInput("feedback that cannot be read", faults)


def proposed_changes(
    profile: SuccessProfile, heard: Feedback, at_least: int = AT_LEAST, share: float = SHARE
) -> tuple[Change, ...]:
    """What to ask the job holders for the next version: said by ``at_least`` people and by ``share`` of those asked.

    What is missing needs ``at_least`` people, however many were asked: few think of the same gap by themselves.
    A proposal changes nothing; :func:`next_version` does, for those that were accepted.

    >>> stock = Competency("stock", "Knows the stock", required=3, importance=4)
    >>> profile = SuccessProfile("Shop assistant", (stock,), built_by=("manager",))
    >>> said = feedback(profile, [{"stock": "no_longer"}, {"stock": "no_longer"}, {"stock": "matters"}])
    >>> [(change.kind, change.said, change.asked) for change in proposed_changes(profile, said)]
    [('drop', 2, 3)]
    """
    found = []
    for one in heard.heard:
        name = profile.by_id[one.id].name
        for kind, said in (("drop", one.no_longer), ("move", one.not_mine)):
            if said >= at_least and said >= share * one.asked:
                found.append(Change(kind, one.id, name, said, one.asked))
    for proposal, said in heard.missing:
        if said >= at_least:
            found.append(Change("add", proposal.id, proposal.name, said, heard.people))
    return tuple(found)


def next_version(
    profile: SuccessProfile,
    *,
    built_on: date,
    built_by: tuple[str, ...] | None = None,
    without: Iterable[str] = (),
    added: Iterable[Competency] = (),
    changed: Iterable[Competency] = (),
) -> SuccessProfile:
    """The profile's next version: some competencies left out, some new, some put otherwise (same id).

    Business goals stay where nothing else is said: a changed competency without a goal keeps its old one.
    ``built_by`` as before, unless given. InvalidInput for ids that are not there, or are there already.

    >>> stock, till = (Competency(key, key, required=3, importance=4) for key in ("stock", "till"))
    >>> profile = SuccessProfile("Shop assistant", (stock,), built_by=("manager",), built_on=date(2026, 1, 31))
    >>> later = next_version(profile, built_on=date(2026, 7, 31), without=["stock"], added=[till])
    >>> later.version, later.ids, later.due_on
    (2, ('till',), datetime.date(2027, 1, 31))
    """
    gone, new = set(without), {one.id: one for one in changed}
    unknown = sorted((gone | set(new)) - set(profile.ids))
    if unknown:
        raise unknown_ids("next version", unknown, profile.ids)
    kept = [
        replace(new[one.id], goal=new[one.id].goal or one.goal) if one.id in new else one
        for one in profile.competencies
        if one.id not in gone
    ]
    together = tuple(replace(one, order=order) for order, one in enumerate([*kept, *added]))
    return replace(
        profile,
        competencies=together,
        version=profile.version + 1,
        built_on=built_on,
        built_by=profile.built_by if built_by is None else built_by,
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """What a newer version has otherwise; ids. ``reworded``: name, description or levels; ``reset``: numbers."""

    added: tuple[str, ...]
    dropped: tuple[str, ...]
    reworded: tuple[str, ...]
    reset: tuple[str, ...]


def difference(older: SuccessProfile, newer: SuccessProfile) -> Difference:
    """What changed from one version to another.

    >>> stock = Competency("stock", "Knows the stock", required=3, importance=4)
    >>> one = SuccessProfile("Shop assistant", (stock,))
    >>> two = next_version(one, built_on=date(2026, 7, 31), changed=[replace(stock, required=4)])
    >>> difference(one, two).reset
    ('stock',)
    """
    before, after = older.by_id, newer.by_id
    both = [key for key in newer.ids if key in before]

    def words(one: Competency) -> tuple[object, ...]:
        return (one.name, one.description, one.levels)

    def numbers(one: Competency) -> tuple[float, float]:
        return (one.required, one.importance)

    return Difference(
        added=tuple(key for key in newer.ids if key not in before),
        dropped=tuple(key for key in older.ids if key not in after),
        reworded=tuple(key for key in both if words(before[key]) != words(after[key])),
        reset=tuple(key for key in both if numbers(before[key]) != numbers(after[key])),
    )
