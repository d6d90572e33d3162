"""Competencies that somebody proposes, and how near-duplicates among them become one: on the facilitator's word only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from learnerfirst.errors import Fault, InvalidInput
from learnerfirst.success_profiles.checking import unknown_ids
from learnerfirst.success_profiles.profile import Competency, Scale, SuccessProfile, make_id

NEAR = 0.8
Similarity = Callable[[str, str], float]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A competency before it is settled: from a job holder, a library or an imported framework.

    ``required`` and ``importance`` are None where nobody has said them yet. ``labels``: other names of the same.
    """

    id: str
    name: str
    description: str = ""
    levels: tuple[str, ...] = ()
    required: float | None = None
    importance: float | None = None
    goal: str = ""
    group: str = ""
    labels: tuple[str, ...] = ()

    def competency(self, required: float, importance: float, order: int = 0) -> Competency:
        """The settled competency."""
        return Competency(
            id=self.id,
            name=self.name,
            description=self.description,
            levels=self.levels,
            required=required,
            importance=importance,
            goal=self.goal,
            group=self.group,
            order=order,
        )


@dataclass(frozen=True, slots=True)
class NearPair:
    """Two proposals that may be one; ``similarity`` from 0 to 1."""

    one: str
    other: str
    similarity: float


def proposals_of(profile: SuccessProfile) -> tuple[Proposal, ...]:
    """The competencies of a profile as proposals, to be rated again."""
    return tuple(
        Proposal(
            one.id,
            one.name,
            one.description,
            one.levels,
            one.required,
            one.importance,
            one.goal,
            one.group,
        )
        for one in profile.competencies
    )


def new_proposals(names: Iterable[str], taken: Iterable[str] = ()) -> tuple[Proposal, ...]:
    """Names as people typed them, each with an id of its own; the same name in other case or spacing counts once.

    >>> [one.id for one in new_proposals(["Listens", " listens ", "Asks back"], taken=["asks_back"])]
    ['listens', 'asks_back_2']
    """
    used, found = set(taken), {}
    for name in names:
        clean = " ".join(name.split())
        key = clean.casefold()
        if clean and key not in found:
            found[key] = Proposal(make_id(clean, used), clean)
            used.add(found[key].id)
    return tuple(found.values())


def near_duplicates(
    proposals: Sequence[Proposal], similarity: Similarity, threshold: float = NEAR
) -> tuple[NearPair, ...]:
    """Pairs that may be one competency, the most alike first; nothing is merged.

    ``similarity``: from two names to 0-1; :func:`learnerfirst.exchange.competencies.alike` is one. Each name of a
    proposal, its labels among them, is compared; the highest counts.

    >>> same_start = lambda one, other: float(one[:4] == other[:4])
    >>> near_duplicates(new_proposals(["Listens", "Listening", "Sells"]), same_start)
    (NearPair(one='listens', other='listening', similarity=1.0),)
    """
    names = [(one.id, (one.name, *one.labels)) for one in proposals]
    pairs = []
    for at, (one, its) in enumerate(names):
        for other, theirs in names[at + 1 :]:
            found = max(similarity(mine, yours) for mine in its for yours in theirs)
            if found >= threshold:
                pairs.append(NearPair(one, other, found))
    return tuple(sorted(pairs, key=lambda pair: (-pair.similarity, pair.one, pair.other)))


def merged(proposals: Sequence[Proposal], into: Mapping[str, str]) -> tuple[Proposal, ...]:
    """The proposals with some of them merged: ``into`` maps the id that goes to the id that stays.

    Who stays keeps its name and words, and takes the other's name as a label and, where its own is empty, its
    description, levels, goal and group. InvalidInput for ids that are not there, or that go and stay at once.

    >>> kept = merged(new_proposals(["Listens", "Good listener"]), {"good_listener": "listens"})
    >>> kept[0].name, kept[0].labels
    ('Listens', ('Good listener',))
    """
    by_id = {one.id: one for one in proposals}
    unknown = [key for pair in into.items() for key in pair if key not in by_id]
    if unknown:
        raise unknown_ids("merge", unknown, by_id)
    both = [key for key in into.values() if key in into]
    if both:
        faults = [Fault("merge", key, "a competency either goes or stays") for key in both]
        raise InvalidInput("these proposals cannot be merged", faults)
    for goes, stays in into.items():
        by_id[stays] = _joined(by_id[stays], by_id[goes])
    return tuple(by_id[one.id] for one in proposals if one.id not in into)


def _joined(kept: Proposal, gone: Proposal) -> Proposal:
    labels = dict.fromkeys((*kept.labels, gone.name, *gone.labels))
    labels.pop(kept.name, None)
    return replace(
        kept,
        labels=tuple(labels),
        description=kept.description or gone.description,
        levels=kept.levels or gone.levels,
        goal=kept.goal or gone.goal,
        group=kept.group or gone.group,
    )


def profile_of(
    role: str,
    proposals: Sequence[Proposal],
    scale: Scale | None = None,
    *,
    built_by: tuple[str, ...] = ("import",),
    source: str = "",
) -> SuccessProfile:
    """A profile straight out of proposals that say required level and importance themselves.

    InvalidInput names those that don't: they have to be rated first.
    """
    lacking = [one.id for one in proposals if one.required is None or one.importance is None]
    if lacking:
        faults = [
            Fault(key, "no required level or importance", "let job holders rate it, or leave it out")
            for key in lacking
        ]
        raise InvalidInput(f"{len(lacking)} competencies of {role} are not rated", faults)
    settled = tuple(
        one.competency(float(one.required or 0), float(one.importance or 0), order)
        for order, one in enumerate(proposals)
    )
    return SuccessProfile(role, settled, scale or Scale(), built_by=built_by, source=source)
