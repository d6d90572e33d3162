"""The learning communities of a workshop: each plan a versioned document; members are those who introduced themselves.

Everything stands under the workshop's code, so that it is exported, imported and deleted with it. A document holds
ids of members and never a name: whoever takes their introduction back is gone from every page at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from learnerfirst.communities import Activity, CommunityPlan, Member, activity_from, plan_with
from learnerfirst.communities.plan import jsonable
from learnerfirst.errors import Fault, InvalidInput, NotAllowed, StaleDocument
from learnerfirst.store import Document, Store
from learnerfirst.success_profiles import make_id
from learnerfirst.workshops.introductions import introduced

COMMUNITY, ACTIVITY = "community", "community_activity"
NOTES = ("icebreakers", "groups", "agreed", "leader", "skills", "managers")
"""What is kept beside a plan: icebreakers that were used, learning groups that were formed, what was accepted, how
the leader came to lead, which skills are needed, who is whose manager."""
MOST = 30
LARGEST = 400_000
PARTS = tuple(one.name for one in fields(CommunityPlan) if one.name not in ("id", "members"))


@dataclass(frozen=True, slots=True)
class KeptCommunity:
    """A community as the store holds it, with its members as they are now; ``version`` counts its saves from 1."""

    plan: CommunityPlan
    version: int

    @property
    def id(self) -> str:
        """The community's id, fixed when it was begun."""
        return self.plan.id


class CommunityShelf:
    """The communities of the workshop ``code``; ``workshops`` is a :class:`Workshops`."""

    def __init__(self, workshops: Any, code: str) -> None:
        self.workshops, self.code = workshops, code
        self.store: Store = workshops.store

    # -- plans

    def all(self) -> tuple[KeptCommunity, ...]:
        """Every community, by name."""
        prefix = f"{self.code}/"
        found = [self._kept(one) for one in self.store.documents(COMMUNITY, prefix)]
        return tuple(sorted(found, key=lambda one: (one.plan.name.casefold(), one.id)))

    def get(self, community_id: str) -> KeptCommunity | None:
        """The newest version of a community, or None."""
        found = self.store.document(COMMUNITY, self.key(community_id))
        return None if found is None else self._kept(found)

    def known(self, community_id: str) -> KeptCommunity:
        """The same; NotAllowed where there is none (any more)."""
        found = self.get(community_id)
        if found is None:
            raise NotAllowed(f"There is no community {community_id[:60]} in this workshop (any more).")
        return found

    def begin(self, name: str, purpose: str = "") -> KeptCommunity:
        """Begin a community under a free id made of its name, founded today."""
        faults = []
        if not 1 <= len(name.strip()) <= 120:
            faults.append(Fault("name", repr(name[:40]), "a name of 1 to 120 characters"))
        taken = {one.id for one in self.all()}
        if faults:
            raise InvalidInput("no community was begun", faults)
        if len(taken) >= MOST:
            raise NotAllowed(f"There are {MOST} communities in this workshop already; make another workshop.")
        for _ in range(MOST):
            free = make_id(name, taken)
            today = self.workshops.today()
            plan = CommunityPlan(free, name.strip(), purpose=purpose.strip(), founded=today)
            plan_with(
                _body(plan), ()
            )  # a fault is refused here: once saved, no community could be read any more
            try:
                return self._kept(self.store.save_document(COMMUNITY, self.key(free), _body(plan), 0))
            except StaleDocument:
                taken.add(free)  # somebody else took this id just now
        raise NotAllowed("No free name was found for this community; give it another name.")

    def change(self, community_id: str, change: Callable[[CommunityPlan], CommunityPlan]) -> KeptCommunity:
        """Change a plan however many others are changing it; ``change`` may be called several times."""

        def changed(body: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
            if body is None:
                raise NotAllowed(f"There is no community {community_id[:60]} in this workshop any more.")
            members = self.members(community_id)
            after = change(plan_with(body, members))
            plan_with(_body(after), members)  # a fault is refused here, before it is saved
            return _small(_body(after))

        self.store.change_document(COMMUNITY, self.key(community_id), changed)
        return self.known(community_id)

    def save_part(self, community_id: str, part: str, before: Any, after: Any) -> KeptCommunity:
        """Save one part of the plan (a field's name), as somebody changed it who had seen ``before``.

        Where somebody else changed the same part in the meantime nothing is overwritten: StaleDocument carries the
        newest KeptCommunity. Other parts may have changed: both are kept.
        """
        if part not in PARTS:
            raise InvalidInput("nothing was saved", [Fault("part", part[:40], f"one of: {', '.join(PARTS)}")])

        def changed(plan: CommunityPlan) -> CommunityPlan:
            now = getattr(plan, part)
            if now not in (before, after):
                raise StaleDocument(
                    "Somebody changed this in the meantime. Nothing was overwritten.",
                    KeptCommunity(plan, 0),
                )
            return replace(plan, **{part: after})

        return self.change(community_id, changed)

    def delete(self, community_id: str) -> None:
        """Delete a community with its members' introductions, its meetings and everything else of it."""
        from learnerfirst.workshops.community_meetings import CommunityMeetings
        from learnerfirst.workshops.community_pulses import CommunityPulses

        CommunityMeetings(self.workshops, self.code).delete_all(community_id)
        CommunityPulses(self.workshops, self.code).delete_all(community_id)
        for one in self.workshops.get(self.code).activities:
            if one.about.partition(":")[0] == community_id:
                self.workshops.reset_activity(self.code, one.id)
                self.workshops.drop_questionnaire(one.questionnaire)  # a ballot holds names
        for note in NOTES:
            self.store.delete_document(f"community_{note}", self.key(community_id))
        self.store.delete_document(ACTIVITY, self.key(community_id))
        self.store.delete_document(COMMUNITY, self.key(community_id))

    # -- people

    def members(self, community_id: str) -> tuple[Member, ...]:
        """Those who introduced themselves, by name, each with their manager where that is another member."""
        there = introduced(self.workshops, self.code, community_id)
        found = self.store.document(_note_kind("managers"), self.key(community_id))
        if found is None:
            return there
        of, ids = found.body["of"], {one.id for one in there}
        return tuple(
            replace(one, manager=of[one.id]) if of.get(one.id) in ids - {one.id} else one for one in there
        )

    def set_manager(self, community_id: str, member_id: str, manager_id: str) -> None:
        """Say who is a member's manager, "" for nobody in the community; NotAllowed where it would go in a circle."""
        of = {one.id: one.manager for one in self.members(community_id)} | {member_id: manager_id}
        above, seen = manager_id, {member_id}
        while above:
            if above in seen:
                raise NotAllowed("Nobody can be their own manager, nor the manager of one of theirs.")
            seen.add(above)
            above = of.get(above, "")

        def said(note: Mapping[str, Any]) -> Mapping[str, Any]:
            kept = {**note.get("of", {}), member_id: manager_id}
            return {"of": {one: other for one, other in kept.items() if other}}

        self.change_note("managers", community_id, said)

    # -- what is kept beside a plan

    def activity(self, community_id: str) -> Activity | None:
        """What was counted of a forum's or chat's export, or None."""
        found = self.store.document(ACTIVITY, self.key(community_id))
        return None if found is None or not found.body else activity_from(found.body["activity"])

    def save_activity(self, community_id: str, activity: Activity) -> None:
        """Keep the counts in the place of earlier ones: a newer export holds the older months, too."""
        body = {"activity": activity.as_dict()}
        activity_from(body["activity"])  # a fault is refused before it is saved
        self.known(community_id)
        self.store.change_document(ACTIVITY, self.key(community_id), lambda _before: body)

    def forget_activity(self, community_id: str) -> bool:
        """Delete the counts; False when there were none."""
        return self.store.delete_document(ACTIVITY, self.key(community_id))

    def note(self, kind: str, community_id: str) -> Mapping[str, Any]:
        """What was kept beside the plan (``kind``: one of :data:`NOTES`); empty where nothing was."""
        found = self.store.document(_note_kind(kind), self.key(community_id))
        return {} if found is None else found.body

    def change_note(
        self, kind: str, community_id: str, change: Callable[[Mapping[str, Any]], Mapping[str, Any]]
    ) -> Mapping[str, Any]:
        """Change it however many others are changing it; ``change`` gets what is there, empty where nothing is."""
        self.known(community_id)
        self.store.change_document(
            _note_kind(kind),
            self.key(community_id),
            lambda body: _small(jsonable(dict(change({} if body is None else body)))),
        )
        return self.note(kind, community_id)

    def key(self, community_id: str) -> str:
        """The key of everything that a community has."""
        return f"{self.code}/{community_id}"

    def _kept(self, document: Document) -> KeptCommunity:
        community_id = document.key.partition("/")[2]
        return KeptCommunity(plan_with(document.body, self.members(community_id)), document.version)


def communities_by_code(store: Store) -> dict[str, int]:
    """How many communities each workshop has."""
    found: dict[str, int] = {}
    for document in store.documents(COMMUNITY):
        code = document.key.partition("/")[0]
        found[code] = found.get(code, 0) + 1
    return found


def _note_kind(kind: str) -> str:
    if kind not in NOTES:
        raise InvalidInput("nothing was kept", [Fault("kind", kind[:40], f"one of: {', '.join(NOTES)}")])
    return f"community_{kind}"


def _body(plan: CommunityPlan) -> dict[str, Any]:
    """The plan without its members: what they said of themselves stays theirs."""
    body = plan.as_dict()
    del body["members"]
    return body


def _small(body: Mapping[str, Any]) -> Mapping[str, Any]:
    if len(str(body)) > LARGEST:
        fault = Fault("community", f"{len(str(body))} characters", f"{LARGEST} at most")
        raise InvalidInput("the community was not saved", [fault])
    return body
