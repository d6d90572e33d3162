"""The stage recommended for one topic, and the solutions that fit it."""

from __future__ import annotations

from dataclasses import dataclass

from learnerfirst.learner_power.parts import LearnerPowerContent, Solution, Stage
from learnerfirst.learner_power.plan import legs
from learnerfirst.learner_power.position import Exact, failing
from learnerfirst.learner_power.solutions import fitting
from learnerfirst.learner_power.topics import TopicFacts


@dataclass(frozen=True, slots=True)
class TopicPlacement:
    """What is recommended for one topic.

    ``reason``: "stays_formal" (compulsory and tracked: Embedded; ``extras`` are the social things that go inside
    it), "prepare_first" (a gate of the next stage fails, so it stays for now), "one_step" (towards what is
    wanted), "as_wanted" (already there). ``solutions`` fit the topic and the recommended stage.
    """

    id: str
    name: str
    compulsory: bool
    tracked: bool
    today: Stage | None
    wanted: Stage | None
    recommended: Stage
    reason: str
    words: str
    extras: tuple[Solution, ...]
    solutions: tuple[Solution, ...]

    def as_dict(self) -> dict[str, object]:
        """The same as JSON-able values; solutions by their ids."""
        return {
            "id": self.id,
            "name": self.name,
            "compulsory": self.compulsory,
            "tracked": self.tracked,
            "today": self.today and self.today.value,
            "wanted": self.wanted and self.wanted.value,
            "recommended": self.recommended.value,
            "reason": self.reason,
            "words": self.words,
            "extras": [solution.id for solution in self.extras],
            "solutions": [solution.id for solution in self.solutions],
        }


def place_topic(
    topic: TopicFacts, today: Exact, goal: Stage | None, content: LearnerPowerContent
) -> TopicPlacement:
    """What to do about one topic: what was said of it goes before what was said of everything."""
    now = topic.today or today.position.stage
    aim = topic.wanted or goal or now
    recommended = next((end for _, end in legs(now, aim)), now)
    reason = "as_wanted" if recommended is now else "one_step"
    if topic.formal:
        recommended, reason = Stage.EMBEDDED, "stays_formal"
    elif recommended.place > now.place and failing(today.profile, recommended):
        recommended, reason = now, "prepare_first"
    fits = fitting(content, [recommended], [topic.id])
    extras = fits if topic.formal else ()
    words = content.say(f"topic.{reason}", topic=topic.name, stage=content.stage_names[recommended])
    return TopicPlacement(
        topic.id,
        topic.name,
        topic.compulsory,
        topic.tracked,
        topic.today,
        topic.wanted,
        recommended,
        reason,
        words,
        extras,
        fits,
    )
