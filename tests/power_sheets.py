"""Answer sheets of the learner-power quiz for tests, from the means that its dimensions should have."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, floor

IDS = "ebfu"
DIMENSIONS = (
    "direction", "motivation", "trust", "leaders", "sharing", "champions", "time", "places", "curation",
)  # fmt: skip
WORKED = {
    "direction": 1, "trust": 0.5, "motivation": 2.5, "leaders": 2, "sharing": 2.5, "champions": 2, "time": 3,
    "places": 2.5, "curation": 2,
}  # fmt: skip

Sheet = dict[str, dict[str, str]]


def level(value: float, *names: str) -> dict[str, float]:
    """The same mean for the dimensions named, or for all nine."""
    return dict.fromkeys(names or DIMENSIONS, value)


def sheet(today: Mapping[str, float], wanted: Mapping[str, float] | None = None) -> Sheet:
    """Answers in the long form (two items a dimension) whose means are those given, in steps of a half."""
    answers: Sheet = {}
    for perspective, means in (("today", today), ("wanted", wanted or {})):
        for dimension, mean in means.items():
            assert mean * 2 == int(mean * 2)
            for item, place in ((1, floor(mean)), (2, ceil(mean))):
                answers.setdefault(f"{dimension}_{item}", {})[perspective] = IDS[place]
    return answers
