"""Whether the next stage can be tried, what to prepare first, and what to leave formal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from learnerfirst.learner_power.parts import LearnerPowerContent, Stage
from learnerfirst.learner_power.position import Exact, failing
from learnerfirst.learner_power.topics import TopicFacts


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether the next stage can be tried: ``verdict`` is "ready", "prepare_first" or "leave_formal".

    ``goal``: the stage the verdict is about (the next on the way to the wanted one). ``prepare``: ids of the
    dimensions whose gate fails for it. ``leave_formal``: ids of the topics that are compulsory and tracked;
    the verdict is "leave_formal" where these are all the topics there are. ``words`` says it in a sentence.
    """

    verdict: str
    goal: Stage
    prepare: tuple[str, ...]
    leave_formal: tuple[str, ...]
    words: str

    def as_dict(self) -> dict[str, object]:
        """The same as JSON-able values."""
        return {
            "verdict": self.verdict,
            "goal": self.goal.value,
            "prepare": list(self.prepare),
            "leave_formal": list(self.leave_formal),
            "words": self.words,
        }


def judge_readiness(
    today: Exact, goal: Stage, facts: tuple[TopicFacts, ...], content: LearnerPowerContent
) -> Readiness:
    """The verdict on going to ``goal`` next; on the way down no gate can fail that today's stage has passed."""
    rising = goal.place > today.position.stage.place
    prepare = failing(today.profile, goal)
    formal = tuple(topic.id for topic in facts if topic.formal)
    if formal and len(formal) == len(facts):
        verdict = key = "leave_formal"
    elif rising:
        verdict = key = "prepare_first" if prepare else "ready"
    else:
        verdict, key = "ready", "stay" if goal is today.position.stage else "less"
    words = content.say(
        f"readiness.{key}", stage=content.stage_names[goal], dimensions=names_of(prepare, content)
    )
    return Readiness(verdict, goal, prepare, formal, words)


def names_of(dimensions: Iterable[str], content: LearnerPowerContent) -> str:
    """Names of dimensions as people read them, with commas."""
    return ", ".join(content.dimension_names[name] for name in dimensions)
