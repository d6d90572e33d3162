"""Questionnaires that a workshop makes for itself: ballots, a role's competencies. Kept with it, found by a name.

What was answered is never changed in place: a changed questionnaire then gets a new name.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from learnerfirst.content import questionnaire_from
from learnerfirst.errors import Fault, InvalidInput, StaleDocument, UnknownCode
from learnerfirst.questionnaire import Questionnaire
from learnerfirst.store import Document
from learnerfirst.workshops.register import Register, key_of
from learnerfirst.workshops.values import Workshop

KIND = "questionnaire"
STORED = "stored/"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


class StoredQuestionnaires(Register):
    """Saves questionnaires under ``stored/CODE/NAME`` and loads them like those of files."""

    def put_questionnaire(self, code: str, name: str, body: Mapping[str, Any]) -> str:
        """Keep a questionnaire with a workshop and return the name it loads by: ``stored/CODE/NAME``.

        ``body`` is what a questionnaire's file holds, checked by the same code (ContentError says all that is wrong
        with it). The same body again gives the same name. A changed one takes the place of one that nobody has
        answered yet, and else gets a name of its own (NAME-2).
        """
        workshop = self.get(code)
        if not _NAME.fullmatch(name):
            allowed = "small letters, digits, _ and -, at most 40 of them"
            raise InvalidInput("questionnaire", [Fault("name", repr(name)[:60], allowed)])
        questionnaire_from(body, name)
        wanted = json.loads(json.dumps(body))
        number, free = 1, name
        while True:
            key = _key(workshop.code, free)
            before = self.store.document(KIND, key)
            if before is None or before.body == wanted or not self._in_use(workshop, free):
                break
            number += 1
            free = f"{name}-{number}"
        if before is None or before.body != wanted:
            try:
                self.store.save_document(KIND, key, wanted, 0 if before is None else before.version)
            except StaleDocument:
                return self.put_questionnaire(code, name, body)  # another facilitator was faster
        return f"{STORED}{workshop.code}/{free}"

    def load(self, name: str) -> Questionnaire:
        """Return a questionnaire: out of the store for ``stored/CODE/NAME``, else read once by this object."""
        if not name.startswith(STORED):
            return super().load(name)
        found = self._stored(name)
        if found is None:
            raise UnknownCode(f"There is no questionnaire {name[:80]} (any more).")
        known = f"{name}@{_digest(found.body)}"  # versions begin at 1 again where one was dropped
        if known not in self._loaded:
            self._loaded[known] = questionnaire_from(found.body, name.rsplit("/", 1)[-1])
        return self._loaded[known]

    def questionnaire_version(self, name: str) -> int:
        """Return what changes with a stored questionnaire; 0 for every other one."""
        found = self._stored(name) if name.startswith(STORED) else None
        return 0 if found is None else found.version

    def drop_questionnaire(self, name: str) -> None:
        """Delete a stored questionnaire that no activity asks any more; others stay, and what is no stored one, too."""
        code, _slash, short = name.removeprefix(STORED).rpartition("/")
        if name.startswith(STORED) and all(one.questionnaire != name for one in self.get(code).activities):
            self.store.delete_document(KIND, _key(code, short))

    def _stored(self, name: str) -> Document | None:
        code, _slash, short = name.removeprefix(STORED).rpartition("/")
        return self.store.document(KIND, _key(code, short))

    def _in_use(self, workshop: Workshop, short: str) -> bool:
        asked = [
            each for each in workshop.activities if each.questionnaire == f"{STORED}{workshop.code}/{short}"
        ]
        return any(self._touched(workshop.code, each.id) for each in asked)


def _digest(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def _key(code: str, short: str) -> str:
    """Begins with the workshop's code, so that it goes where the workshop goes; no activity has a colon in its id."""
    return key_of(code, f"questionnaire:{short}")
