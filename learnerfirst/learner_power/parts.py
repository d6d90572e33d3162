"""What the scorer needs to know beside the answers: stages, dimensions, advice, topics, solutions, lengths.

Built once by ``learnerfirst.content.learner_power_content()`` from the content files, then passed in; the
scorer itself opens no file. All values are frozen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from learnerfirst.errors import ContentError, Fault

if TYPE_CHECKING:
    from learnerfirst.questionnaire import Questionnaire


class Stage(StrEnum):
    """The four stages of the continuum, from formal to social; each equals its lower-case name.

    >>> Stage("blended") == "blended", Stage.BLENDED.place, Stage.at(3).value
    (True, 1, 'unfacilitated')
    """

    EMBEDDED = "embedded"
    BLENDED = "blended"
    FACILITATED = "facilitated"
    UNFACILITATED = "unfacilitated"

    @property
    def place(self) -> int:
        """Where the stage stands on the continuum: 0 (Embedded) to 3 (Unfacilitated)."""
        return _PLACES[self.value]

    @classmethod
    def at(cls, place: int) -> Stage:
        """The stage at place 0 to 3."""
        return tuple(cls)[place]


_PLACES = {stage.value: place for place, stage in enumerate(Stage)}


@dataclass(frozen=True, slots=True)
class StageText:
    """What a stage is called and means: what it gives, what it costs, how one notices it."""

    stage: Stage
    name: str
    description: str
    gives: str = ""
    costs: str = ""
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Dimension:
    """One of the nine things that are asked about; ``gate`` marks trust and leaders, which must be answered."""

    id: str
    name: str
    description: str = ""
    gate: bool = False
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do, with a length to plan with; ``basis`` says where the length comes from.

    ``basis`` is "sourced" (then ``source`` names who says so) or "our rule of thumb". ``id`` and ``detail``
    are for the steps of a leg; actions of a dimension's move need neither.
    """

    title: str
    weeks: int
    basis: str
    source: str = ""
    id: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """What moves one dimension from one stage to the next; its actions begin together."""

    start: Stage
    end: Stage
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """For one dimension: the question that opens the talk, and its moves."""

    dimension: str
    discussion: str
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class Leg:
    """What a move of the whole takes, one stage up or down; its actions begin together."""

    start: Stage
    end: Stage
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Lengths:
    """The frame of every plan: the pilot it starts with, the look back that ends each leg, the six legs.

    Legs: the three up and the three down (wanting less is allowed).
    """

    pilot: Action
    review: Action
    legs: tuple[Leg, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A kind of content that people learn about, such as safety or products."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Solution:
    """A way of learning from each other, and when it fits.

    ``access`` names the ways to reach others that it works over (any one will do); empty means all.
    """

    id: str
    name: str
    fits_stages: tuple[Stage, ...]
    fits_topics: tuple[str, ...]
    needs: str
    effort: str
    weeks: int
    basis: str
    unsuitable_when: str
    source: str = ""
    access: tuple[str, ...] = ()


@dataclass(frozen=True)
class LearnerPowerContent:
    """All that the learner-power scorer takes from content; see the module's text.

    ``questionnaire`` is the quiz, ``texts`` the sentences of the results (``data/texts/learner_power_result.yaml``).
    """

    questionnaire: Questionnaire
    dimensions: tuple[Dimension, ...]
    stages: tuple[StageText, ...]
    advice: tuple[Advice, ...]
    topics: tuple[Topic, ...]
    solutions: tuple[Solution, ...]
    lengths: Lengths
    texts: Mapping[str, str] = field(default_factory=dict, hash=False)

    @cached_property
    def dimension_names(self) -> Mapping[str, str]:
        """Name of each dimension by its id, in order."""
        return {dimension.id: dimension.name for dimension in self.dimensions}

    @cached_property
    def stage_names(self) -> Mapping[Stage, str]:
        """Name of each stage as people read it."""
        return {text.stage: text.name for text in self.stages}

    def say(self, key: str, **fills: str) -> str:
        """The sentence ``key`` of the results' texts, its placeholders filled; ContentError if it is missing."""
        if key not in self.texts:
            raise ContentError(
                "1 fault in learner_power_result", [Fault(key, "no text", "every text is needed")]
            )
        return self.texts[key].format(**fills)
