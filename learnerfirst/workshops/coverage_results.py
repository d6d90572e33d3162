"""What is shown of coverage and discovery: groups of learners, as exact as the rules of privacy allow.

Personas may be edited and judged again as often as one likes, so one could write personas that fit a single person
and compare. Three things stand against it, in this order. (1) All pictures of a workshop's learners, whatever sources
and personas they are made of, stand in one ledger; who would stand apart with fewer than four others, now or beside
all pictures before, is counted with the group next to them (``privacy.in_company``). So every shown group is made of
blocks of five people or more, and no sum or difference of pictures is less. Whoever brings a file knows what is in
it, so people who answered here themselves and people out of files are never company for each other. (2) What the groups answered passes
``privacy.release``: bands of three counts or more, none of which pins a block beside what was told before. (3) Sizes
are rounded, words under ten, rare answers are not told, and after thirty pictures there are no new ones.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from learnerfirst.content import texts
from learnerfirst.errors import NotAllowed, StaleDocument
from learnerfirst.personas import Field, Persona
from learnerfirst.privacy import THRESHOLD, Asked, in_company, moments, release, salted
from learnerfirst.privacy.bands import band
from learnerfirst.privacy.company import NOBODY, Place
from learnerfirst.store import Document
from learnerfirst.store.tickets import publish_apart
from learnerfirst.workshops.coverage_drafts import draft_from
from learnerfirst.workshops.coverage_fits import CORE, UNKNOWN, Judged, judged, sorted_out
from learnerfirst.workshops.coverage_tables import (
    GROUP,
    ORIGIN,
    field_body,
    field_from,
    share_of,
    table_of,
    told_groups,
    told_overlaps,
)
from learnerfirst.workshops.register import key_of
from learnerfirst.workshops.surveys import PURPOSE, Surveys
from learnerfirst.workshops.taking import stamps_of
from learnerfirst.workshops.values import Activity, Release, Workshop

LEAST = 2 * THRESHOLD
LEAST_TO_DISCOVER = 100
MOST_PICTURES = 30
MOST_PEOPLE = 20_000
FINEST = 400
SCOPE, SHOWN, DRAFTED = "coverage", "coverage_shown", "coverage_drafted"
COVERAGE, DISCOVERY = "coverage", "discovery"


@dataclass(frozen=True, slots=True)
class Source:
    """Where learners come from: an activity, what it is called, how many answered it."""

    activity: Activity
    name: str
    count: int

    @property
    def usable(self) -> bool:
        """Whether it may be judged now: it takes no more answers, and somebody answered."""
        return self.activity.state != "open" and self.count > 0


class CoverageResults:
    """Coverage and discovery of one workshop's learners, on top of ``workshops``."""

    def __init__(self, workshops: Surveys, code: str) -> None:
        self.workshops, self.code = workshops, workshops.get(code).code
        self.words = texts("coverage_results")

    # -- where learners come from

    def sources(self) -> tuple[Source, ...]:
        """Every survey of the workshop, oldest first."""
        found = self.workshops.get(self.code).with_purpose(PURPOSE)
        return tuple(
            Source(
                one, self.workshops.import_name(self.code, one.id), self.workshops.count(self.code, one.id)
            )
            for one in found
        )

    def delete(self, activity_id: str) -> None:
        """Delete a source with its answers; with the last one goes all that was shown of them."""
        self.workshops.reset_activity(self.code, activity_id)
        if not self.sources():
            self.workshops.store.delete_workshop(key_of(self.code, SCOPE))
            for kind in (COVERAGE, DISCOVERY):
                self.workshops.store.delete_document(SHOWN, key_of(self.code, kind))
            self.workshops.store.delete_document(DRAFTED, self.code)

    # -- what is shown

    def cover(self, activity_ids: Sequence[str], personas: Sequence[Persona]) -> Release:
        """Show whom the personas cover; the same personas and learners give the same picture again.

        Raises NotAllowed, saying what would help: without personas, under ten learners, while a survey is open,
        when no new picture can be shown.
        """
        if not personas:
            raise NotAllowed(self.words["no_personas"])
        rows, fields, notes, origin = self._learners(activity_ids, LEAST, self.words["few"])
        told = told_of(personas)
        name = self._name(COVERAGE, rows, told)
        return self._shown(COVERAGE, name) or self._publish(
            COVERAGE,
            name,
            rows,
            fields,
            judged(rows, fields, self._with_members(rows, personas)).with_about(notes, told=told),
            [one.id for one in personas],
            origin,
        )

    def discover(self, activity_ids: Sequence[str], count: int | None = None) -> Release:
        """Show which groups the answers themselves make; ``count``: how many, by default chosen by BIC.

        NotAllowed under a hundred learners: groups found in fewer are as likely chance as fact.
        """
        rows, fields, notes, origin = self._learners(
            activity_ids, LEAST_TO_DISCOVER, self.words["few_to_discover"]
        )
        name = self._name(DISCOVERY, rows, count)
        known = self._shown(DISCOVERY, name)
        if known is not None:
            return known
        found = sorted_out(rows, fields, count).with_about(notes)
        return self._publish(DISCOVERY, name, rows, fields, found, list(found.groups), origin)

    def newest(self, kind: str = COVERAGE) -> Release | None:
        """Return the picture that was asked for last, or None."""
        document = self.workshops.store.document(SHOWN, key_of(self.code, kind))
        return None if document is None else self._release(str(document.body["release"]))

    def pictures(self) -> int:
        """How many different pictures of these learners were shown."""
        return len(self.workshops.store.ledger(key_of(self.code, SCOPE)))

    def draft(self, body: Mapping[str, Any], group: str, personas: Iterable[Persona] = ()) -> Persona:
        """A persona out of a shown group, all fields evidence; of ``NOBODY`` the group that is alike among them.

        From which picture and group is remembered, so that its people say what belonging to it looks like as long as
        its fields are not changed. NotAllowed where the group is not shown.
        """
        told = {one["id"]: one for one in body["groups"]}
        if group == NOBODY and CORE in told and told[CORE]["hidden"] is None:
            group = CORE
        if group not in told or told[group]["hidden"]:
            raise NotAllowed(self.words["no_group"])
        fields = [field_from(one) for one in body["fields"]]
        number = list(told).index(group) + 1
        made = draft_from(told[group], body["everybody"], fields, self.words["draft"], personas, number)
        if group != CORE:  # the alike ones among those left out are too alike to measure anybody by
            origin = {_digest(made.as_dict()["details"]): [body["picture"], group]}
            self.workshops.store.change_document(
                DRAFTED, self.code, lambda before: {**(before or {}), **origin}
            )
        return made

    # -- behind it

    def _learners(
        self, activity_ids: Sequence[str], least: int, few: str
    ) -> tuple[dict[str, dict[str, Any]], tuple[Field, ...], tuple[str, ...], dict[str, str]]:
        """Answers by pseudonym and stamp (who corrected an answer is somebody new to the ledger), fields, notes, origins."""
        for activity_id in activity_ids:
            if self.workshops.activity(self.code, activity_id).state == "open":
                raise NotAllowed(self.words["open"])
        found, fields = self.workshops.keyed_learners(self.code, activity_ids)
        stamps: dict[str, str] = {}
        origin: dict[str, str] = {}
        for activity_id in activity_ids:
            kept = self.workshops.store.keyed_submissions(key_of(self.code, activity_id))
            stamps |= {name: _digest(stamps_of(body)) for name, body in kept.items()}
            source = self.workshops.activity(self.code, activity_id).source
            origin |= {f"{name} {stamps[name]}": source or "here" for name in kept}
        rows = {
            f"{name} {stamps[name]}": row for name, row in sorted(found.items()) if row and name in stamps
        }
        if len(rows) < least:
            raise NotAllowed(few.format(count=len(rows), least=least))
        kept_rows = dict(list(rows.items())[:MOST_PEOPLE])  # keys are random, so these are drawn by chance
        drawn = self.words["drawn"].format(count=f"{MOST_PEOPLE:,}", all=f"{len(rows):,}")
        return kept_rows, fields, (drawn,) if len(rows) > MOST_PEOPLE else (), origin

    def _with_members(
        self, rows: Mapping[str, Mapping[str, Any]], personas: Sequence[Persona]
    ) -> list[Persona]:
        """Drafts that nobody changed since, with the people of the group that they were made of."""
        store = self.workshops.store
        document, ledger = store.document(DRAFTED, self.code), store.ledger(key_of(self.code, SCOPE))
        if document is None or not ledger:
            return list(personas)
        shown, salt = moments(ledger), str(ledger[0]["salt"])
        names = {salted(salt, name): name for name in rows}
        found = []
        for persona in personas:
            origin = document.body.get(_digest(persona.as_dict()["details"]))
            if origin is not None:
                moment = shown[origin[0]]
                atoms = moment.members({GROUP: origin[1]})
                members = (names[seal] for seal, at in moment.places.items() if at in atoms and seal in names)
                persona = replace(persona, members=frozenset(members))
            found.append(persona)
        return found

    def _publish(
        self,
        kind: str,
        name: str,
        rows: Mapping[str, Mapping[str, Any]],
        fields: tuple[Field, ...],
        found: Judged,
        groups: Sequence[str],
        origin: Mapping[str, str],
    ) -> Release:
        store, scope = self.workshops.store, key_of(self.code, SCOPE)
        ledger = store.ledger(scope)
        if len(ledger) >= MOST_PICTURES:
            raise NotAllowed(self.words["no_more"].format(count=MOST_PICTURES))
        salt = str(ledger[0]["salt"]) if ledger else secrets.token_hex(16)
        places = _placed(found.places, ledger, salt, origin)
        if len(places) < LEAST:
            raise NotAllowed(self.words["few"].format(count=len(places), least=LEAST))
        table = table_of(rows, places, fields, origin)
        asked = Asked(scope, dict.fromkeys(places, ""), self.workshops.today(), table=table)
        published = release(asked, ledger, texts("privacy"), salt=salt)
        body = self._body(kind, published.body["cells"], places, found, groups, fields)
        body["picture"] = len(ledger)
        try:
            publish_apart(store.engine, scope, name, body, entry=published.entry, after=len(ledger))
        except StaleDocument:  # another picture was shown just now
            shown = self._shown(kind, name)
            return shown or self._publish(kind, name, rows, fields, found, groups, origin)
        self._remember(kind, name)
        return Release(self.code, SCOPE, 1, body)

    def _body(
        self,
        kind: str,
        cells: Sequence[Mapping[str, Any]],
        places: Mapping[str, Place],
        found: Judged,
        groups: Sequence[str],
        fields: Sequence[Field],
    ) -> dict[str, Any]:
        """What is kept and shown; all of it rounded, and about five people or more."""
        workshop: Workshop = self.workshops.get(self.code)
        wanted: list[Place] = [(one, "") for one in groups]
        if kind == COVERAGE:
            wanted += [(NOBODY, ""), (NOBODY, CORE), (UNKNOWN, "")]
        told, everybody = told_groups(cells, wanted, len(places), self.words["people"])
        moved = sum(found.places[name][0] != place[0] for name, place in places.items())
        body = {
            "kind": workshop.kind,
            "created": self.workshops.today().isoformat(),
            "what": kind,
            "n": len(places),
            "groups": told,
            "everybody": everybody,
            "moved": moved >= THRESHOLD,
            "fields": [field_body(field) for field in fields],
            **found.about,
        }
        if kind == COVERAGE:
            where = [place[0] for place in places.values() if place[0] != UNKNOWN]
            covered = sum(place != NOBODY for place in where)
            body["covered"] = (
                share_of(*band(covered, len(where)), len(where), self.words["people"])
                if len(where) >= LEAST
                else None
            )
            body["overlaps"] = told_overlaps(cells, groups)
        return body

    def _name(self, kind: str, rows: Iterable[str], told: object) -> str:
        """Under which name the picture of just these learners and personas is kept."""
        return key_of(self.code, f"{SCOPE}/{kind}-{_digest([list(rows), told])[:24]}")

    def _shown(self, kind: str, name: str) -> Release | None:
        found = self._release(name)
        if found is not None:
            self._remember(kind, name)
        return found

    def _release(self, name: str) -> Release | None:
        document: Document | None = self.workshops.store.document("release", name)
        return None if document is None else Release(self.code, SCOPE, document.version, document.body)

    def _remember(self, kind: str, name: str) -> None:
        body = {"release": name}
        self.workshops.store.change_document(
            SHOWN, key_of(self.code, kind), lambda before: None if before == body else body
        )


def _placed(
    wanted: Mapping[str, Place], ledger: Sequence[Mapping[str, Any]], salt: str, origin: Mapping[str, str]
) -> dict[str, Place]:
    """Where each person is counted, in company of the same ``origin``, beside all that the ledger says was shown."""
    names = {salted(salt, name): name for name in wanted}
    shown = moments(ledger)
    came = {seal: moment.atoms[at].get(ORIGIN) for moment in shown for seal, at in moment.places.items()}
    came |= {seal: origin[name] for seal, name in names.items()}
    earlier = [came, *(moment.places for moment in shown)]
    sealed = {seal: wanted[name] for seal, name in names.items()}
    least = max(THRESHOLD, len(wanted) // FINEST)
    return {names[seal]: place for seal, place in in_company(sealed, earlier, salt, least).items()}


def told_of(personas: Iterable[Persona]) -> str:
    """What coverage takes from personas, as a digest: it changes with their fields, not with their names."""
    return _digest([[one.id, one.as_dict()["details"]] for one in personas])


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=list).encode()).hexdigest()
