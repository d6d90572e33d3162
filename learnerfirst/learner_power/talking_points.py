"""What a room should talk about, first things first, each with a question that opens the talk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction

from learnerfirst.learner_power.agreement import DimensionSummary
from learnerfirst.learner_power.parts import LearnerPowerContent


@dataclass(frozen=True, slots=True)
class TalkingPoint:
    """One thing to talk about. ``kind``: "split", "gate_alarm", "wish_list", "held_back" or "spread".

    ``dimension`` is empty for the wish list. ``words`` names the finding, ``prompt`` opens the talk.
    """

    kind: str
    dimension: str
    words: str
    prompt: str

    def as_dict(self) -> dict[str, str]:
        """The same as JSON-able values."""
        return asdict(self)


def talking_points(
    dimensions: Mapping[str, DimensionSummary],
    gate_alarms: Iterable[str],
    held_back_by: Iterable[str],
    wish_list: bool,
    indices: Mapping[str, Fraction | None],
    content: LearnerPowerContent,
) -> tuple[TalkingPoint, ...]:
    """Each dimension once, under the first of these that holds; the order is that of the list.

    A gate on which the room is split; a gate alarm; another split; the wish list; what holds the room back,
    largest distance first; spread answers, least agreement (``indices``, r_wg by dimension) first.
    """
    gates = {dimension.id for dimension in content.dimensions if dimension.gate}
    split = [name for name, summary in dimensions.items() if summary.split]
    spread = [name for name, summary in dimensions.items() if summary.agreement == "spread"]
    order = [
        *(("split", name) for name in split if name in gates),
        *(("gate_alarm", name) for name in gate_alarms),
        *(("split", name) for name in split),
        *([("wish_list", "")] if wish_list else []),
        *(("held_back", name) for name in held_back_by),
        *(("spread", name) for name in sorted(spread, key=lambda name: indices[name] or 0)),
    ]
    first: dict[str, str] = {}
    for kind, name in order:
        first.setdefault(name, kind)
    return tuple(_point(kind, name, content) for name, kind in first.items())


def _point(kind: str, dimension: str, content: LearnerPowerContent) -> TalkingPoint:
    if kind == "wish_list":
        return TalkingPoint(kind, "", content.say("talk.wish_list"), content.say("prompt.wish_list"))
    name = content.dimension_names[dimension]
    prompts = (advice.discussion for advice in content.advice if advice.dimension == dimension)
    return TalkingPoint(kind, dimension, content.say(f"talk.{kind}", dimension=name), next(prompts, ""))
