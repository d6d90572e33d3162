"""By which way each answer came: by phone, on a shared laptop, on paper. Kept apart from the answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from learnerfirst.content import texts
from learnerfirst.errors import Fault, InvalidInput, NotOpen, StaleDocument
from learnerfirst.privacy.sources import SOURCES, told_sources
from learnerfirst.workshops.register import key_of, kind_of
from learnerfirst.workshops.revealing import Revealing
from learnerfirst.workshops.values import Activity, Release


class Sources(Revealing):
    """Counts ways. Whoever had no phone was seen without one, so a way never stands with the answers.

    It has a row of its own, under a key that only the holder of the answers' key can make: a copy of the store
    tells how many came on paper, never which. Whatever has no row came by phone. It is told with the reveal, once,
    as a share of five or more.
    """

    def came_by(self, code: str, activity_id: str, submission_id: str, source: str) -> bool:
        """Count the way of an answer that was saved; True when it was written down, so never for a phone.

        The first way counts. InvalidInput unless it is one of SOURCES.
        """
        if source not in SOURCES:
            raise InvalidInput(
                "source", [Fault("source", repr(source)[:60], f"one of: {', '.join(SOURCES)}")]
            )
        workshop = self.get(code)
        if (
            source == "phone"
            or self.store.submission(key_of(workshop.code, activity_id), submission_id) is None
        ):
            return False
        guard = (kind_of(workshop.code), workshop.code, lambda found: _still_there(found, activity_id))
        key = _key(workshop.code, activity_id)
        if self.store.submission(key, submission_id) is not None:
            return False
        return self.store.submit(key, submission_id, {"source": source}, while_open=guard)

    def delete_mine(self, code: str, activity_id: str, submission_id: str) -> bool:
        """Delete the answers under this key, and the way that they came; see :class:`Taking`."""
        gone = super().delete_mine(code, activity_id, submission_id)
        self.store.delete_submission(_key(self.get(code).code, activity_id), submission_id)
        return gone

    def close_activity(self, code: str, activity_id: str) -> Activity:
        """Take no more answers; see :class:`Activities`."""
        closed = super().close_activity(code, activity_id)
        self.store.settle_submissions(_key(self.get(code).code, activity_id))
        return closed

    def reveal(self, code: str, activity_id: str) -> Release:
        """Freeze the picture and what is told of the ways, and show it; see :class:`Revealing`."""
        shown = super().reveal(code, activity_id)
        workshop = self.get(code)
        if not shown.hidden:
            with suppress(StaleDocument):  # shown before, and hidden in between: it stays as it was
                body = {"words": self._words(workshop.code, activity_id)}
                self.store.save_document("sources", key_of(workshop.code, activity_id), body, 0)
        return self.release(code, activity_id) or shown

    def release(self, code: str, activity_id: str) -> Release | None:
        """Return what was shown, with a line on how people answered; a renewed picture has none."""
        found = super().release(code, activity_id)
        if found is None or found.version != 1:
            return found
        told = self.store.document("sources", key_of(found.code, activity_id))
        words = "" if told is None else str(told.body["words"])
        if not words:
            return found
        audit = [*found.body.get("audit", ()), {"id": "sources", "words": words}]
        return replace(found, body={**found.body, "audit": audit})

    def _words(self, code: str, activity_id: str) -> str:
        counts = Counter(str(row["source"]) for row in self.store.submissions(_key(code, activity_id)))
        counts["phone"] = self.store.count(key_of(code, activity_id)) - counts.total()
        told = told_sources(counts)
        if told is None:
            return ""
        named, percents = texts("paper")["sources"], texts("privacy")["percent"]
        parts = [
            named[name].format(share=percents[kind].format(percent=share))
            for name, (share, kind) in told.items()
        ]
        return str(named["told"]).format(parts=", ".join(parts))


def _key(code: str, activity_id: str) -> str:
    return f"{key_of(code, activity_id)}/sources"


def _still_there(workshop: Mapping[str, Any], activity_id: str) -> None:
    if not any(each["id"] == activity_id for each in workshop.get("activities", ())):
        raise NotOpen("this round was deleted")
