"""Profiles that a workshop is building: the list and what was settled, saved; the two rounds on phones; the way to the shelf."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from learnerfirst.content import texts
from learnerfirst.content.competencies import nomination_rule
from learnerfirst.errors import Fault, InvalidInput, NotAllowed, StaleDocument
from learnerfirst.store import Document
from learnerfirst.success_profiles import (
    Feedback,
    Proposal,
    RatedProposal,
    SuccessProfile,
    feedback,
    make_id,
    proposals_from,
    rated,
    rating_sheet,
    rating_sheets_from,
    relevance_from,
    relevance_sheet,
)
from learnerfirst.success_profiles.building import Building, Decision, as_body, building_from
from learnerfirst.workshops.pockets import FEWEST_ABOUT_WORK
from learnerfirst.workshops.profile_shelf import KeptProfile, ProfileShelf
from learnerfirst.workshops.values import Activity

BUILDING = "profile_building"
PROPOSE, RATE, RELEVANCE = "profile_proposal", "profile_rating", "relevance"
MOST_PROPOSED = 5
MOST_RATED = 100
LISTED_IN_INTRO = 25


@dataclass(frozen=True, slots=True)
class Round:
    """How an activity of a profile stands: "none", "open" or "closed", and how many have answered."""

    activity: Activity | None
    count: int = 0

    @property
    def state(self) -> str:
        """Whether there is one, and whether it takes answers."""
        return "none" if self.activity is None else "open" if self.activity.state == "open" else "closed"

    @property
    def told(self) -> bool:
        """Whether what came back may be shown: it is about the work, from two people on."""
        return self.count >= FEWEST_ABOUT_WORK


class ProfileBuilding:
    """The profiles under construction of the workshop ``code``; ``workshops`` is a :class:`Workshops`."""

    def __init__(self, workshops: Any, code: str) -> None:
        self.workshops, self.code = workshops, code
        self.shelf = ProfileShelf(workshops.store, code)

    # -- what is kept

    def all(self) -> Mapping[str, Building]:
        """Every building by the id of its role."""
        found = self.workshops.store.documents(BUILDING)
        prefix = f"{self.code}/"
        return {
            one.key.removeprefix(prefix): building_from(one.body)
            for one in found
            if one.key.startswith(prefix)
        }

    def get(self, role_id: str) -> Building | None:
        """The building of a role, or None."""
        found = self.workshops.store.document(BUILDING, f"{self.code}/{role_id}")
        return None if found is None else building_from(found.body)

    def begin(self, building: Building) -> str:
        """Start a new role; returns its id."""
        if not building.role.strip() or len(building.role) > 200:
            found = repr(building.role[:40])
            raise InvalidInput("no role was begun", [Fault("role", found, "a name of 1 to 200 characters")])
        taken = {*self.all(), *(one.role_id for one in self.shelf.all())}
        for _ in range(100):
            free = make_id(building.role, taken)
            try:
                self.workshops.store.save_document(BUILDING, f"{self.code}/{free}", as_body(building), 0)
            except StaleDocument:
                taken.add(free)  # somebody else took this id just now
            else:
                return free
        raise NotAllowed("No free name was found for this role; give it another name.")

    def change(self, role_id: str, change: Callable[[Building], Building]) -> Building:
        """Change a building, however many others are changing it; ``change`` may be called several times."""

        def changed(body: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
            if body is None:
                raise NotAllowed(f"{role_id[:60]} is not being built in this workshop (any more).")
            return as_body(change(building_from(body)))

        self.workshops.store.change_document(BUILDING, f"{self.code}/{role_id}", changed)
        found = self.get(role_id)
        if found is None:
            raise NotAllowed(f"{role_id[:60]} is not being built in this workshop (any more).")
        return found

    def settle(
        self, role_id: str, before: Proposal, words: Proposal, seen: Decision, decision: Decision
    ) -> Building:
        """Settle one competency, its words and numbers; ``before`` and ``seen`` are what the form was opened with.

        Where somebody else settled it otherwise in the meantime, nothing is overwritten: StaleDocument carries the
        newest building. Other competencies may have changed: both are kept.
        """

        def settled(building: Building) -> Building:
            key = words.id
            now = next((one for one in building.proposals if one.id == key), None)
            theirs = (now, building.decision(key))
            if theirs not in ((before, seen), (words, decision)):
                document = Document(BUILDING, f"{self.code}/{role_id}", 0, as_body(building))
                raise StaleDocument(
                    f"{before.name}: somebody settled this in the meantime. Nothing was overwritten.",
                    document,
                )
            return building.reworded(words).decide(key, decision)

        return self.change(role_id, settled)

    # -- rounds

    def open_proposing(self, role_id: str) -> Activity:
        """Ask the high performers what good people in the role do; close what else is open first (NotAllowed)."""
        building = self._known(role_id)
        body = proposal_sheet(building, texts("success_profiles"))
        activity = self._open(f"propose_{role_id}", body, PROPOSE)
        self.change(role_id, lambda now: replace(now, propose_round=activity.id))
        return activity

    def open_rating(self, role_id: str) -> Activity:
        """Ask how much each of the list matters and what level the job needs."""
        building = self._known(role_id)
        listed = building.listed
        if not 0 < len(listed) <= MOST_RATED:
            raise InvalidInput(
                "nothing was opened",
                [
                    Fault(
                        "list",
                        f"{len(listed)} competencies",
                        f"1 to {MOST_RATED}; merge some, leave some out",
                    )
                ],
            )
        body = rating_sheet(building.role, listed, texts("success_profiles"), building.scale, propose=0)
        activity = self._open(f"rate_{role_id}", body, RATE)
        self.change(role_id, lambda now: replace(now, rate_round=activity.id))
        return activity

    def open_relevance(self, role_id: str) -> Activity:
        """Ask the job about the published profile, beside whatever else is asked, for as long as it stays open."""
        profile = self.shelf.published(role_id)
        if profile is None:
            raise NotAllowed("Publish the profile first: feedback is about what people have in their hands.")
        body = relevance_sheet(profile, texts("success_profiles"))
        return self._open(f"job_{role_id}_v{profile.version}", body, RELEVANCE, aside=True)

    def close(self, activity: Activity | None) -> None:
        """Take no more answers; nothing where it is closed already."""
        if activity is not None and activity.state == "open":
            self.workshops.close_activity(self.code, activity.id)

    def round(self, activity_id: str) -> Round:
        """How an activity stands; one that was reset counts as none."""
        activity = self.workshops.get(self.code).activity(activity_id) if activity_id else None
        return (
            Round(None) if activity is None else Round(activity, self.workshops.count(self.code, activity.id))
        )

    def relevance_round(self, role_id: str, version: int) -> Round:
        """The feedback on this version, as it stands."""
        name = f"job_{role_id}_v{version}"
        for activity in reversed(self.workshops.get(self.code).with_purpose(RELEVANCE)):
            if activity.questionnaire.rpartition("/")[2].partition("-")[0] == name:
                return self.round(activity.id)
        return Round(None)

    # -- what came back; each () or None under two people

    def proposed(self, building: Building) -> tuple[Proposal, ...]:
        """What the room proposed, unnamed; () until two have."""
        sheets = self._sheets(building.propose_round)
        return proposals_from(sheets, [one.id for one in building.proposals])[0]

    def collect(self, role_id: str) -> int:
        """Put what was proposed on the list; returns how many were new."""
        building = self._known(role_id)
        found = self.proposed(building)
        after = self.change(role_id, lambda now: now.with_proposals(found))
        return len(after.proposals) - len(building.proposals)

    def ratings(self, building: Building) -> tuple[RatedProposal, ...]:
        """The list, also what was left out, with what the room said about each; no ratings until two have."""
        sheets = self._sheets(building.rate_round)
        _all, ratings = rating_sheets_from(sheets, building.proposals)
        return rated(building.whole, ratings, building.scale, building.merged)

    def heard(self, profile: SuccessProfile, activity_id: str) -> Feedback | None:
        """What the job says about a published profile; None until two have spoken."""
        sheets = self._sheets(activity_id)
        if not sheets:
            return None
        said = [relevance_from(sheet, profile) for sheet in sheets]
        return feedback(profile, [one for one, _ in said], [names for _, names in said])

    # -- to the shelf

    def make(self, role_id: str, expected_version: int) -> KeptProfile:
        """The profile as the room settled it, onto the shelf; StaleDocument where somebody saved it since."""
        building = self._known(role_id)
        ratings = self.ratings(building)
        raters = max((one.asked for one in ratings), default=0)
        profile = building.settled(
            ratings,
            built_by=building.built_by(nomination_rule(), raters),
            built_on=self.workshops.today(),
        )
        return self.shelf.save(role_id, profile, expected_version)

    def begin_next(self, role_id: str, without: Sequence[str], added: Sequence[str]) -> Building:
        """Start the next version from the published one; it is rated, settled and published anew."""
        published = self.shelf.published(role_id)
        if published is None:
            raise NotAllowed("There is no published version yet; change the one that is being built.")
        if self.get(role_id) is None:
            body = as_body(Building(published.role).following(published, without, added))
            self.workshops.store.change_document(
                BUILDING, f"{self.code}/{role_id}", lambda now: body if now is None else None
            )
        return self.change(role_id, lambda now: now.following(published, without, added))

    def _known(self, role_id: str) -> Building:
        found = self.get(role_id)
        if found is None:
            raise NotAllowed(f"{role_id[:60]} is not being built in this workshop (any more).")
        return found

    def _open(self, name: str, body: Mapping[str, Any], purpose: str, aside: bool = False) -> Activity:
        stored = self.workshops.put_questionnaire(self.code, name[:40], body)
        activity: Activity = self.workshops.open_activity(self.code, stored, purpose=purpose, aside=aside)
        return activity

    def _sheets(self, activity_id: str) -> Sequence[Mapping[str, Any]]:
        now = self.round(activity_id)
        if now.activity is None or not now.told:
            return ()
        found: Sequence[Mapping[str, Any]] = self.workshops.work_answers(self.code, now.activity.id)
        return found


def proposal_sheet(building: Building, words: Mapping[str, Any]) -> Mapping[str, Any]:
    """The first round: what do good people in the role do? Names and what one sees; ratings come in the second."""
    body = rating_sheet(building.role, (), words, building.scale, propose=MOST_PROPOSED, name=PROPOSE)
    asked: Any = body["questions"]
    kept = [one for one in asked if not str(one["id"]).endswith(("_imp", "_req"))]
    said = words["proposing"]
    names = [one.name.replace("{", "(").replace("}", ")") for one in building.listed]
    more = ["…"] if len(names) > LISTED_IN_INTRO else []
    intro = said["own_intro"]
    if names:
        intro = f"{intro} {said['listed']} {'; '.join([*names[:LISTED_IN_INTRO], *more])}."
    sections = [{"id": "proposals", "title": said["own_title"], "intro": intro}]
    return {**body, "intro": said["intro"], "sections": sections, "questions": kept}
