"""What is known about communities, as content: prompts, rules, risks, stages. Loaded from ``data/communities.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

PHASES = ("interrogation", "application", "reflection")
LIFE_STAGES = ("potential", "coalescing", "active", "dispersed", "memorable")
FIELDS = ("growing", "pushed", "comfortable", "asleep")
KINDS = ("strength", "weakness", "preference")
BLOCKERS = (
    *("no_purpose", "no_goals", "goal_not_measurable", "goal_not_dated", "goal_without_owner"),
    *("no_first_day", "no_time", "no_zone", "no_place", "no_way_to_work", "no_way_to_decide"),
    *("too_few_members", "no_leader", "no_agreement", "no_seeding"),
)
RISKS: Mapping[str, tuple[str, ...]] = {
    "poor_communication": ("no_channel", "not_introduced", "silent_between", "few_contribute"),
    "no_objectives": ("no_measurable_goal", "goals_overdue", "nothing_tried"),
    "no_way_to_decide": ("way_not_agreed", "nothing_decided"),
    "toxic_competition": ("contests", "no_cooperation_agreed"),
    "one_voice": ("owns_everything", "manager_leads", "one_talks"),
    "rare_meetings": ("rhythm_slow", "rhythm_not_kept", "long_ago"),
}
REASONS = (
    *(
        "not_met",
        "few_meetings",
        "no_rhythm_yet",
        "meets_regularly",
        "people_come",
        "tried_at_work",
        "own_steam",
    ),
    *("led_from_outside", "stopped", "still_talking", "quiet_for_long", "was_active"),
)


@dataclass(frozen=True, slots=True)
class Gap:
    """What a plan lacks (``missing``), why it matters, what to do about it. Texts may have {name} in them."""

    id: str
    missing: str
    matters: str
    do: str


@dataclass(frozen=True, slots=True)
class RiskText:
    """A way in which communities fail: its name, why it matters, what helps; ``signs``: sign → what is seen."""

    id: str
    name: str
    matters: str
    do: str
    signs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Trait:
    """Something that members may say of themselves: a strength, a weakness, or how they prefer to work."""

    id: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """What to do when so many said one of ``traits`` (and, if named, so many said one of ``beside``).

    ``people`` and ``share`` must both be reached. ``because`` may have {n}, {size} and {beside} in it.
    """

    id: str
    traits: tuple[str, ...]
    do: str
    because: str
    people: int = 1
    share: float = 0.0
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phase:
    """One of the three phases of a meeting: what it is for, what to ask, how many minutes of a hundred it takes."""

    id: str
    name: str
    aim: str
    share: int
    prompts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A stage of life, or a field of the two taps: its name, what it means, what to do."""

    id: str
    name: str
    says: str
    do: str


@dataclass(frozen=True)
class Method:
    """All of it. ``decide``: way to decide → its name; ``pulse``: the two questions, "challenged" and "safe"."""

    blockers: Mapping[str, Gap]
    risks: Mapping[str, RiskText]
    traits: tuple[Trait, ...]
    rules: tuple[Rule, ...]
    phases: tuple[Phase, ...]
    fields: Mapping[str, Told]
    stages: Mapping[str, Told]
    reasons: Mapping[str, str]
    warnings: Mapping[str, str]
    agreement: tuple[str, ...]
    opening: tuple[str, ...]
    decide: Mapping[str, str]
    pulse: Mapping[str, str] = field(default_factory=dict)

    def trait(self, trait_id: str) -> Trait | None:
        """The trait with this id, or None for a member's own words."""
        return next((one for one in self.traits if one.id == trait_id), None)
