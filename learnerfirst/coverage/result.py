"""What a coverage run found: who fits which persona, who fits none, and a draft of the persona that is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from learnerfirst.coverage.differences import Difference
from learnerfirst.coverage.overlaps import Overlap
from learnerfirst.personas.persona import Persona


@dataclass(frozen=True, slots=True)
class Group:
    """Learners without a persona who are alike: how many, what is typical of them, in data and in words."""

    ids: tuple[Any, ...] = field(repr=False)
    differences: tuple[Difference, ...]
    words: str

    @property
    def size(self) -> int:
        """How many learners."""
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Uncovered:
    """Learners who fit no persona. ``str()`` says who they are; its length is their number; iterating gives their ids.

    ``groups``: those of five or more who are alike, the largest first. Learners of whom too little is known are not
    among them.
    """

    ids: tuple[Any, ...] = field(repr=False)
    groups: tuple[Group, ...]
    words: str

    def __len__(self) -> int:
        return len(self.ids)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.ids)

    def __contains__(self, learner: object) -> bool:
        return learner in set(self.ids)

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True, slots=True)
class PersonaFit:
    """One persona in a coverage run.

    ``name`` as in ``Coverage.fits``; ``people``: learners who fit; ``closest``: those of them whom it fits best;
    ``known`` of ``fields``: in the middle case, how many of its filled fields were known of a learner;
    ``demographic_only``: whether these are demographic fields and nothing else; ``weights`` by field; ``basis``:
    "members" where the learners it was built from say what belonging looks like, else "fields".
    """

    id: str
    name: str
    people: int
    closest: int
    known: int
    fields: int
    demographic_only: bool
    weights: Mapping[str, float]
    basis: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How well personas cover the learners of a survey.

    ``fits``: a frame of the kind that came in, ``learner_id, persona, score, fits``, one row per learner and persona
    at most (none where nothing is known to compare). ``score`` is 0-1, higher fits better; ``fits`` says whether that is as
    well as learners who are known to belong. ``told`` learners could be judged, ``covered`` of them fit a persona,
    of ``unknown`` too little is known. ``closest``: for each learner of the survey, in its order, the id of the
    persona that fits best, "" where none does, None where too little is known. ``summary`` says it in words.
    """

    fits: Any = field(repr=False)
    uncovered: Uncovered
    overlaps: tuple[Overlap, ...]
    personas: tuple[PersonaFit, ...]
    learners: int
    told: int
    covered: int
    unknown: int
    closest: tuple[str | None, ...] = field(repr=False)
    summary: str
    notes: tuple[str, ...]
    _draft: Callable[[], Persona | None] = field(repr=False, compare=False)

    @property
    def share(self) -> float | None:
        """Covered / told, 0-1; None where nobody could be judged."""
        return self.covered / self.told if self.told else None

    def draft_persona(self) -> Persona | None:
        """A persona built from the largest group of uncovered learners, every field evidence from the survey.

        None where no group of five or more is left out. Add it to the personas and run again: repeated, this brings
        coverage up until less than a group is left.
        """
        return self._draft()

    def __str__(self) -> str:
        return self.summary
