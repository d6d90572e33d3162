"""The result of one answer sheet: positions today and wanted, what holds back, readiness, solutions, plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from learnerfirst.errors import Fault, InvalidAnswers
from learnerfirst.learner_power.parts import LearnerPowerContent, Solution, Stage
from learnerfirst.learner_power.plan import PlanStep, Route, build_plan, legs
from learnerfirst.learner_power.position import Exact, Position, exact_position, failing, weights_of
from learnerfirst.learner_power.readiness import Readiness, judge_readiness, names_of
from learnerfirst.learner_power.sheet import Sheet, read_sheet, require_complete
from learnerfirst.learner_power.solutions import fitting
from learnerfirst.learner_power.topic_stages import TopicPlacement, place_topic
from learnerfirst.learner_power.topics import TopicFacts, read_topics, split_topics

MOST_HELD_BACK = 3


@dataclass(frozen=True)
class Placement:
    """Where people stand, where they want to be, and what follows from it.

    ``wanted`` is None when nothing was wanted; it is never gated: ``wanted_without`` names the dimensions that
    the wanted stage needs and that were wanted too low, ``wanted_words`` says "you want X without Y".
    ``held_back_by``: up to three ids of dimensions, largest distance first; empty: nothing stands out.
    ``topics``: by topic id. ``solutions``: those that fit the stage to build or keep and the topics given.
    """

    today: Position
    wanted: Position | None
    held_back_by: tuple[str, ...]
    wanted_without: tuple[str, ...]
    wanted_words: str
    readiness: Readiness
    topics: Mapping[str, TopicPlacement]
    solutions: tuple[Solution, ...]
    route: Route | None = field(repr=False)
    content: LearnerPowerContent = field(repr=False, compare=False)

    def plan(self, start: date) -> tuple[PlanStep, ...]:
        """Dated steps from today's stage to the wanted one, from ``start`` on; empty when nothing was wanted.

        One stage per leg, beginning with a bounded, named pilot; each step says where its length comes from.
        Wanting less is planned the same way, downwards.
        """
        return build_plan(self.route, self.content, start) if self.route else ()

    def solutions_for(
        self, stage: Stage | str | None = None, topic: str | None = None, access: Iterable[str] = ()
    ) -> tuple[Solution, ...]:
        """Solutions of the content that fit a stage, a topic and any of the ways of access; None means all."""
        return fitting(self.content, [Stage(stage)] if stage else [], [topic] if topic else [], access)

    def as_dict(self) -> dict[str, object]:
        """The same as JSON-able values, without the plan (``[step.as_dict() for step in plan(start)]``)."""
        return {
            "today": self.today.as_dict(),
            "wanted": self.wanted and self.wanted.as_dict(),
            "held_back_by": list(self.held_back_by),
            "wanted_without": list(self.wanted_without),
            "wanted_words": self.wanted_words,
            "readiness": self.readiness.as_dict(),
            "topics": {key: topic.as_dict() for key, topic in self.topics.items()},
            "solutions": [solution.id for solution in self.solutions],
        }


def score(answers: object, content: LearnerPowerContent, topics: object = None) -> Placement:
    """Scores one sheet; see :func:`learnerfirst.api.score_learner_power` for the contract."""
    sheet, facts = _read(answers, content, topics)
    require_complete(sheet, content)
    weights = weights_of(content.dimensions)
    today = exact_position(sheet.today, weights, gated=True)
    wanted = None if sheet.wanted is None else exact_position(sheet.wanted, weights, gated=False)
    return conclude(today, wanted, facts, content)


def conclude(
    today: Exact, wanted: Exact | None, facts: tuple[TopicFacts, ...], content: LearnerPowerContent
) -> Placement:
    """All that follows from the two positions; the same for one sheet and for a group."""
    held_back = held_back_by(today, wanted)
    goal = wanted.position.stage if wanted else None
    next_goal = _next_goal(today.position, goal)
    without = failing(wanted.profile, wanted.position.stage) if wanted else ()
    pilot_on = next((topic.name for topic in facts if not topic.formal), content.say("plan.own_topic"))
    readiness = judge_readiness(today, next_goal, facts, content)
    return Placement(
        today=today.position,
        wanted=wanted.position if wanted else None,
        held_back_by=held_back,
        wanted_without=without,
        wanted_words=_without_words(goal, without, content),
        readiness=readiness,
        topics={topic.id: place_topic(topic, today, goal, content) for topic in facts},
        solutions=_solutions(readiness, facts, content),
        route=Route(today.position.stage, goal, today.profile, held_back, pilot_on) if goal else None,
        content=content,
    )


def held_back_by(today: Exact, wanted: Exact | None) -> tuple[str, ...]:
    """Dimensions wanted at least one higher than they are and not above the position today, largest first."""
    if wanted is None:
        return ()
    distances = {
        name: goal - now
        for name, now in today.profile.items()
        if now is not None and now <= today.score and (goal := wanted.profile.get(name)) is not None
    }
    far = [name for name, distance in distances.items() if distance >= 1]
    return tuple(sorted(far, key=lambda name: -distances[name])[:MOST_HELD_BACK])


def _read(
    answers: object, content: LearnerPowerContent, topics: object
) -> tuple[Sheet, tuple[TopicFacts, ...]]:
    """Sheet and topics; InvalidAnswers holds the faults of both."""
    items, answered = split_topics(answers)
    facts, topic_faults = read_topics(topics, [answered], content)
    faults: list[Fault] = []
    try:
        sheet = read_sheet(items, content)
    except InvalidAnswers as error:
        faults += error.faults
    if faults := faults + topic_faults:
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        raise InvalidAnswers(f"{count} in the answers to {content.questionnaire.id}", faults)
    return sheet, facts


def _next_goal(today: Position, goal: Stage | None) -> Stage:
    """The stage to build next: the end of the first leg; without a goal, the next stage there is."""
    if goal is None:
        return today.next_stage or today.stage
    return next((end for _, end in legs(today.stage, goal)), today.stage)


def _without_words(goal: Stage | None, without: tuple[str, ...], content: LearnerPowerContent) -> str:
    if goal is None or not without:
        return ""
    return content.say(
        "wanted.without", stage=content.stage_names[goal], dimensions=names_of(without, content)
    )


def _solutions(
    readiness: Readiness, facts: tuple[TopicFacts, ...], content: LearnerPowerContent
) -> tuple[Solution, ...]:
    """What fits the stage to build and the topics that are open; inside the course where all stay formal."""
    if readiness.verdict == "leave_formal":
        return fitting(content, [Stage.EMBEDDED], readiness.leave_formal)
    return fitting(content, [readiness.goal], [topic.id for topic in facts if not topic.formal])
