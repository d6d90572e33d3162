"""A profile while it is being built: what it started from, who is in the room, what was merged, settled and left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from learnerfirst.errors import Fault, InvalidInput
from learnerfirst.success_profiles.nominating import Nomination, NominationRule, Nominee, nominate
from learnerfirst.success_profiles.profile import Scale, SuccessProfile
from learnerfirst.success_profiles.proposals import Proposal, merged, new_proposals, proposals_of
from learnerfirst.success_profiles.ratings import AT_LEAST, RatedProposal, Rating, settle

ORIGINS = ("library", "import", "empty", "version")


@dataclass(frozen=True, slots=True)
class Decision:
    """What the room settled on for one competency; None: the middle of the ratings. ``reason``: why it is another."""

    importance: float | None = None
    required: float | None = None
    needed: bool = True
    reason: str = ""


@dataclass(frozen=True)
class Building:
    """Everything that a profile will be made of.

    ``goal``: what the business wants of the role. ``proposals``: the list, also what was merged or left out.
    ``merged``: which id went into which. ``apart``: pairs that look alike and are two. ``decisions``: by id.
    ``high_performers``, ``managers``: how many of each are in the room. ``propose_round``, ``rate_round``: ids of
    the activities that ask, or "". ``after``: the published version that this one follows, or 0.
    """

    role: str
    goal: str = ""
    proposals: tuple[Proposal, ...] = ()
    scale: Scale = field(default_factory=Scale)
    source: str = ""
    origin: str = "empty"
    high_performers: int = 0
    managers: int = 0
    merged: Mapping[str, str] = field(default_factory=dict)
    apart: tuple[tuple[str, str], ...] = ()
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    propose_round: str = ""
    rate_round: str = ""
    after: int = 0

    @property
    def listed(self) -> tuple[Proposal, ...]:
        """The list with near-duplicates merged, without what was left out."""
        return tuple(one for one in self.whole if self.decision(one.id).needed)

    @property
    def whole(self) -> tuple[Proposal, ...]:
        """The list with near-duplicates merged, and also what was left out."""
        return merged(self.proposals, self.merged)

    def decision(self, key: str) -> Decision:
        """What was settled about a competency."""
        return self.decisions.get(key, Decision())

    def with_names(self, names: Sequence[str]) -> Building:
        """With further competencies; names that are there already count once.

        >>> Building("Clerk").with_names(["Listens", "listens "]).with_names(["LISTENS"]).proposals[0].name
        'Listens'
        """
        return self.with_proposals(new_proposals(names, [one.id for one in self.proposals]))

    def with_proposals(self, added: Sequence[Proposal]) -> Building:
        """With further competencies; ids are made unlike those that are there."""
        known = {name.casefold() for one in self.proposals for name in (one.name, *one.labels)}
        fresh = [one for one in added if one.name.casefold() not in known]
        ids = new_proposals([one.name for one in fresh], [one.id for one in self.proposals])
        named = tuple(replace(one, id=free.id) for one, free in zip(fresh, ids, strict=True))
        return replace(self, proposals=(*self.proposals, *named))

    def reworded(self, proposal: Proposal) -> Building:
        """With other words for a competency of the same id."""
        self._known(proposal.id)
        kept = tuple(proposal if one.id == proposal.id else one for one in self.proposals)
        return replace(self, proposals=kept)

    def merge(self, goes: str, stays: str) -> Building:
        """Make one of two; what had gone into the one that goes, goes along."""
        for key in (goes, stays):
            self._known(key)
        if goes == stays:
            raise InvalidInput("nothing was merged", [Fault("merge", goes, "two competencies")])
        end = self.merged.get(stays, stays)
        into = {key: end if to == goes else to for key, to in self.merged.items()} | {goes: end}
        into.pop(end, None)
        return replace(self, merged=into)

    def split(self, key: str) -> Building:
        """Take back a merge."""
        return replace(self, merged={one: to for one, to in self.merged.items() if one != key})

    def keep_apart(self, one: str, other: str) -> Building:
        """Remember that two that look alike are two."""
        pair = (min(one, other), max(one, other))
        return self if pair in self.apart else replace(self, apart=(*self.apart, pair))

    def decide(self, key: str, decision: Decision) -> Building:
        """Settle a competency; InvalidInput for numbers outside their scale."""
        self._known(key)
        faults = []
        for name, value, (low, high) in (
            ("importance", decision.importance, (1.0, 5.0)),
            ("required", decision.required, (self.scale.low, self.scale.high)),
        ):
            if value is not None and not low <= value <= high:
                faults.append(Fault(f"{key}.{name}", f"{value:g}", f"a number from {low:g} to {high:g}"))
        if faults:
            raise InvalidInput("this was not settled", faults)
        decisions = {**self.decisions, key: decision}
        if decision == Decision():
            decisions.pop(key)
        return replace(self, decisions=decisions)

    def nomination(self, rule: NominationRule) -> Nomination:
        """Whether those in the room are enough by the rule; each of them was asked its questions aloud."""
        meets = frozenset(one.id for one in rule.criteria)
        people = [Nominee(str(number), meets) for number in range(self.high_performers)]
        people += [Nominee(f"m{number}", manager=True) for number in range(self.managers)]
        return nominate(people, rule)

    def built_by(self, rule: NominationRule, raters: int) -> tuple[str, ...]:
        """Who built it: high performers count when enough were in the room and two or more rated."""
        found = []
        if self.nomination(rule).enough and raters >= AT_LEAST:
            found.append("high_performers")
        if self.managers:
            found.append("manager")
        origin = {"library": "library", "import": "import"}.get(self.origin)
        return (*found, origin) if origin else tuple(found)

    def numbers(self, one: RatedProposal) -> tuple[float | None, float | None]:
        """Importance and required level as they stand: what was settled, else rated, else brought along.

        >>> from learnerfirst.success_profiles.ratings import Spread
        >>> Building("Clerk").numbers(RatedProposal(Proposal("a", "A", required=2.0), Spread(0), Spread(0)))
        (None, 2.0)
        """
        said, brought = self.decision(one.proposal.id), one.proposal
        importance = (said.importance, one.importance.median, brought.importance)
        required = (said.required, one.required.median, brought.required)
        return _first(importance), _first(required)

    def settled(
        self, ratings: Sequence[RatedProposal], *, built_by: tuple[str, ...], built_on: date
    ) -> SuccessProfile:
        """The profile as it stands; InvalidInput names what nobody rated and nobody settled."""
        said = {}
        for one in ratings:
            key = one.proposal.id
            importance, required = self.numbers(one)
            said[key] = Rating(importance, required, needed=self.decision(key).needed)
        return settle(
            self.role,
            ratings,
            built_by=built_by,
            built_on=built_on,
            scale=self.scale,
            said=said,
            source=self.source,
            version=self.after + 1,
        )

    def following(self, profile: SuccessProfile, without: Sequence[str], added: Sequence[str]) -> Building:
        """A new start from a published profile, some competencies left out, some names added; to be rated again."""
        kept = tuple(one for one in proposals_of(profile) if one.id not in without)
        fresh = replace(
            self,
            role=profile.role,
            proposals=kept,
            scale=profile.scale,
            source=profile.source,
            origin="version",
            merged={},
            apart=(),
            decisions={},
            propose_round="",
            rate_round="",
            after=profile.version,
        )
        return fresh.with_names(added)

    def _known(self, key: str) -> None:
        if key not in {one.id for one in self.proposals}:
            raise InvalidInput(
                "this competency is not on the list (any more)",
                [Fault("competency", repr(key[:60]), "one of the list")],
            )


def as_body(building: Building) -> dict[str, Any]:
    """Plain values for the store; :func:`building_from` reads them."""
    return asdict(building)


def building_from(body: Mapping[str, Any]) -> Building:
    """The building out of what :func:`as_body` gave.

    >>> one = Building("Clerk", scale=Scale(0, 7)).with_names(["Listens"]).decide("listens", Decision(required=3.0))
    >>> building_from(as_body(one)) == one
    True
    """
    proposals = tuple(
        Proposal(**{**row, "levels": tuple(row["levels"]), "labels": tuple(row["labels"])})
        for row in body["proposals"]
    )
    scale = body["scale"]
    return Building(
        **{
            **body,
            "proposals": proposals,
            "scale": Scale(scale["low"], scale["high"], tuple(scale["names"])),
            "merged": dict(body["merged"]),
            "apart": tuple((one, other) for one, other in body["apart"]),
            "decisions": {key: Decision(**row) for key, row in body["decisions"].items()},
        }
    )


def _first(values: Sequence[float | None]) -> float | None:
    return next((value for value in values if value is not None), None)
