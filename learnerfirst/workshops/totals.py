"""Larger totals: rooms that are too small to be shown by themselves count together."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from learnerfirst.content import texts
from learnerfirst.errors import NotAllowed
from learnerfirst.privacy import THRESHOLD, Asked, changed_since, parts_changed, release, too_few
from learnerfirst.workshops.planning import Planning
from learnerfirst.workshops.register import key_of
from learnerfirst.workshops.revealing import QUESTIONNAIRE
from learnerfirst.workshops.values import Activity, Release, Workshop

TOTAL = "total"


class Totals(Planning):
    """Totals over several workshops, each workshop in one of them at most."""

    def reveal_total(self, code: str, others: Iterable[str]) -> Release:
        """Show the total of the workshop ``code`` and the ``others``, frozen; kept with ``code``.

        Rooms that chose to carry, and rooms whose own picture was shown already, asked alike (form, month, kind).
        The carrying rooms together hold five people or more, or the total less the shown rooms would be theirs.
        Raises NotAllowed otherwise; the message says what would help.
        """
        host = self.get(code)
        rooms = {
            each: self.get(each) for each in sorted({host.code, *(self.get(other).code for other in others)})
        }
        shown = self.total(code)
        if shown is not None and shown.body["rooms"] == list(rooms):
            return shown
        self._refuse_twice(rooms)
        asked = {each: self._newest(workshop) for each, workshop in rooms.items()}
        _refuse_unlike(rooms, asked)
        kept: dict[str, Any] = {}
        beside: list[Counter[str]] = [Counter()]
        for each, workshop in rooms.items():
            key = key_of(each, asked[each].id)
            found = self.store.keyed_submissions(key)
            kept |= {f"{each}/{name}": body for name, body in found.items()}
            differs = self._differs(
                workshop, self._asked(workshop, asked[each], found), self.store.ledger(key)
            )
            beside = [before + more for before in beside for more in differs]
        withheld: frozenset[str] = frozenset()
        for counts in beside:
            if 0 < counts[""] < THRESHOLD:
                raise NotAllowed(
                    "Less what was shown of these rooms, this total would be that of fewer than five people. "
                    "It needs five or more complete answers from rooms that carry."
                )
            withheld |= too_few(counts)
        whole = replace(host, room="five_or_more")
        both = replace(self._asked(whole, asked[host.code], kept), withheld=withheld)
        published = release(both, [], texts("privacy"), salt=secrets.token_hex(16))
        body = {**self._frame(whole, asked[host.code]), **published.body, "guess": None, "rooms": list(rooms)}
        scope = key_of(host.code, TOTAL)
        self.store.publish(scope, body, entry=published.entry, after=0, expected_version=0)
        return Release(host.code, TOTAL, 1, body)

    def total(self, code: str) -> Release | None:
        """Return the total that is kept with a workshop, or None."""
        host = self.get(code)
        document = self.store.document("release", key_of(host.code, TOTAL))
        return None if document is None else Release(host.code, TOTAL, document.version, document.body)

    def _differs(self, workshop: Workshop, asked: Asked, ledger: list[dict[str, Any]]) -> list[Counter[str]]:
        """How many people the total holds, by what is told of them, beyond each picture shown of their room."""
        if workshop.room == "carry":
            everyone = {name: len(people) for name, people in asked.parts.items()}
            return [Counter({"": len(asked.members), **everyone})]
        if not ledger:
            raise NotAllowed(f"{workshop.code}: what was shown of it is not in the ledger.")
        return [
            Counter({"": changed_since(entry, asked.members), **parts_changed(entry, asked)})
            for entry in ledger
        ]

    def _refuse_twice(self, rooms: dict[str, Workshop]) -> None:
        for document in self.store.documents("release"):
            again = set(document.body.get("rooms", ())) & set(rooms)
            if again:
                raise NotAllowed(f"{', '.join(sorted(again))}: already in a total; each room counts in one.")

    def _newest(self, workshop: Workshop) -> Activity:
        own = [each for each in workshop.activities if each.questionnaire == QUESTIONNAIRE]
        if not own or own[-1].state == "open":
            raise NotAllowed(f"{workshop.code}: close its quiz first.")
        if workshop.room != "carry" and (
            workshop.room != "five_or_more" or self.release(workshop.code, own[-1].id) is None
        ):
            raise NotAllowed(f"{workshop.code} does not carry; its own picture is shown first, if it may be.")
        return own[-1]


def _refuse_unlike(rooms: dict[str, Workshop], asked: dict[str, Activity]) -> None:
    for name in ("kind", "wanted_by"):
        found = sorted({str(getattr(workshop, name)) for workshop in rooms.values()})
        if len(found) > 1:
            raise NotAllowed(
                f"These rooms differ in {name} ({', '.join(found)}); only like rooms are added up."
            )
    if len({activity.form for activity in asked.values()}) > 1:
        raise NotAllowed("These rooms answered different forms; only like rooms are added up.")
