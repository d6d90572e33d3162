"""The dated plan from today's stage to the wanted one: a pilot first, one stage per leg, a look back after each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta

from learnerfirst.learner_power.parts import Action, LearnerPowerContent, Stage
from learnerfirst.learner_power.position import Profile, failing, stage_at


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One step of a plan. ``basis`` and ``source`` say where its length comes from.

    ``kind``: "pilot", "move" (of one dimension, named in ``dimension``), "leg" or "review". ``leg`` counts from 1
    and goes from ``from_stage`` to ``to_stage`` (the same where the plan is to stay). ``owner`` is for people to
    fill in.
    """

    start: date
    end: date
    title: str
    detail: str = ""
    owner: str = ""
    basis: str = ""
    source: str = ""
    kind: str = "leg"
    leg: int = 1
    dimension: str = ""
    from_stage: Stage = Stage.EMBEDDED
    to_stage: Stage = Stage.EMBEDDED

    def as_dict(self) -> dict[str, object]:
        """The same as JSON-able values; dates as ISO 8601."""
        plain = asdict(self)
        dates = {"start": self.start.isoformat(), "end": self.end.isoformat()}
        return {**plain, **dates, "from_stage": self.from_stage.value, "to_stage": self.to_stage.value}


@dataclass(frozen=True, slots=True)
class Route:
    """What a plan is made for: the stages, the profile to start from, what holds back, what the pilot is on."""

    start: Stage
    goal: Stage
    profile: Profile
    held_back_by: tuple[str, ...] = ()
    pilot_on: str = ""


def legs(start: Stage, goal: Stage) -> tuple[tuple[Stage, Stage], ...]:
    """The way from one stage to another, one stage at a time, up or down.

    >>> [f"{a} to {b}" for a, b in legs(Stage.FACILITATED, Stage.EMBEDDED)]
    ['facilitated to blended', 'blended to embedded']
    """
    step = 1 if goal.place >= start.place else -1
    return tuple((Stage.at(at), Stage.at(at + step)) for at in range(start.place, goal.place, step))


def build_plan(route: Route, content: LearnerPowerContent, start: date) -> tuple[PlanStep, ...]:
    """The steps in the order of their start.

    Each leg prepares first (the pilot in the first leg; what the gates of its stage need, what holds back), then
    does what the leg itself takes, then looks back; the next leg begins where that ends. Where the wanted stage is
    today's, the plan moves what holds back and looks back.
    """
    steps: list[PlanStep] = []
    done: dict[str, Stage] = {}
    begin = start
    for number, (low, high) in enumerate(
        legs(route.start, route.goal) or ((route.start, route.goal),), start=1
    ):
        frame = PlanStep(begin, begin, "", leg=number, from_stage=low, to_stage=high)
        prepared = list(_preparation(route, frame, content, done))
        ready = max((step.end for step in prepared), default=begin)
        actions = [
            action
            for leg in content.lengths.legs
            if (leg.start, leg.end) == (low, high)
            for action in leg.actions
        ]
        taken = [_dated(frame, action, ready) for action in actions]
        end = max((step.end for step in taken), default=ready)
        review = _dated(replace(frame, kind="review"), content.lengths.review, end)
        steps += sorted(prepared, key=lambda step: step.start) + taken + [review]
        begin = review.end
    return tuple(steps)


def _preparation(
    route: Route, frame: PlanStep, content: LearnerPowerContent, done: dict[str, Stage]
) -> Iterator[PlanStep]:
    if frame.leg == 1 and frame.from_stage is not frame.to_stage:
        pilot = content.lengths.pilot
        titled = replace(pilot, title=pilot.title.format(topic=route.pilot_on))
        yield _dated(replace(frame, kind="pilot"), titled, frame.start)
    gates = failing(route.profile, frame.to_stage)
    for dimension in dict.fromkeys((*gates, *route.held_back_by)):
        yield from _moves(dimension, route, frame, content, done)


def _moves(
    dimension: str, route: Route, frame: PlanStep, content: LearnerPowerContent, done: dict[str, Stage]
) -> Iterator[PlanStep]:
    """Moves of one dimension from where it stands to the end of the leg; the next begins when one ends."""
    mean = route.profile.get(dimension)
    now = done.get(dimension, Stage.EMBEDDED if mean is None else stage_at(mean))
    aim = frame.to_stage if frame.from_stage is not frame.to_stage else _next(now)
    begin = frame.start
    for low, high in legs(now, aim) if aim.place > now.place else ():
        dated = [
            _dated(replace(frame, kind="move", dimension=dimension), action, begin)
            for action in _actions(content, dimension, low, high)
        ]
        yield from dated
        begin = max((step.end for step in dated), default=begin)
        done[dimension] = high


def _actions(content: LearnerPowerContent, dimension: str, low: Stage, high: Stage) -> Iterable[Action]:
    for advice in content.advice:
        for move in advice.moves:
            if advice.dimension == dimension and (move.start, move.end) == (low, high):
                yield from move.actions


def _next(stage: Stage) -> Stage:
    return Stage.at(min(stage.place + 1, Stage.UNFACILITATED.place))


def _dated(frame: PlanStep, action: Action, begin: date) -> PlanStep:
    return replace(
        frame,
        start=begin,
        end=begin + timedelta(weeks=action.weeks),
        title=action.title,
        detail=action.detail,
        basis=action.basis,
        source=action.source,
    )
