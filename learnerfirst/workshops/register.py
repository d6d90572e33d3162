"""Creating, finding, changing and deleting workshops."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from learnerfirst.errors import NotAllowed, StaleDocument, StoreUnavailable, UnknownCode
from learnerfirst.questionnaire import Questionnaire
from learnerfirst.store import Document, Store
from learnerfirst.workshops.codes import QUIZ_PREFIX, make_code, normal_code
from learnerfirst.workshops.values import Activity, Workshop, WorkshopTopic, check, topics_from, workshop_from

DAYS_OPEN = 180
_FIXED_ONCE_ANSWERED = ("referent", "wanted_by", "kind", "room", "stands_for", "topics")
_TRIES = 20

Loader = Callable[[str], Questionnaire]


class Register:
    """The workshops in a store. ``load`` finds a questionnaire by name, ``today`` tells the day."""

    def __init__(
        self, store: Store, load: Loader | None = None, *, today: Callable[[], date] = date.today
    ) -> None:
        if load is None:
            from learnerfirst.content import load_questionnaire

            load = load_questionnaire
        self.store = store
        self._load = load
        self._loaded: dict[str, Questionnaire] = {}
        self.today = today

    def load(self, name: str) -> Questionnaire:
        """Return a questionnaire, read once by this object."""
        if name not in self._loaded:
            self._loaded[name] = self._load(name)
        return self._loaded[name]

    def create(
        self,
        title: str,
        referent: str = "team",
        wanted_by: str | None = None,
        form: str | None = "quick",
        kind: str = "real",
        room: str = "five_or_more",
        stands_for: str = "itself",
        topics: Iterable[WorkshopTopic | Mapping[str, Any] | str] = (),
    ) -> Workshop:
        """Make a workshop under a new code; ``wanted_by`` is a month (YYYY-MM), by default a year from now.

        ``room`` is how a room of fewer than five is treated, chosen before the first answer and never lowered:
        ``five_or_more``, ``talk``, ``open`` or ``carry``. Raises InvalidInput naming every field that does not fit.
        """
        for _ in range(_TRIES):
            try:
                return self.make(
                    make_code(), title, referent, wanted_by, form, kind, room, stands_for, topics
                )
            except StaleDocument:
                continue  # the code was taken
        raise StoreUnavailable("No free code was found; delete old workshops.")

    def make(
        self,
        code: str,
        title: str,
        referent: str,
        wanted_by: str | None,
        form: str | None,
        kind: str,
        room: str,
        stands_for: str,
        topics: Iterable[WorkshopTopic | Mapping[str, Any] | str],
        expires: str | None = None,
    ) -> Workshop:
        """Write a new workshop under this very code; StaleDocument when it is taken."""
        day = self.today()
        last = (day + timedelta(days=DAYS_OPEN)).isoformat() if expires is None else expires
        month = wanted_by or f"{day.year + 1:04d}-{day.month:02d}"
        workshop = check(
            Workshop(
                code, title.strip(), referent.strip(), month, kind, room, stands_for, form, topics_from(topics),
                created=day.isoformat(), expires=last,
            )
        )  # fmt: skip
        return self._saved(self.store.save_document(kind_of(code), code, workshop.as_dict(), 0))

    def get(self, code: str) -> Workshop:
        """Return the workshop (or quiz, ``quiz/NAME``) with this code, however it was typed; else UnknownCode."""
        wanted = normal_code(code)
        found = self.store.document(kind_of(wanted), wanted)
        if found is None:
            raise UnknownCode(_unknown(wanted))
        return self._saved(found)

    def quiz(self, name: str) -> Workshop:
        """Return the lasting quiz with this name; UnknownCode when there is none."""
        return self.get(QUIZ_PREFIX + name)

    def all(self) -> list[Workshop]:
        """Return all workshops, newest first (by the day they were made), then by title; no quizzes."""
        found = [self._saved(document) for document in self.store.documents("workshop")]
        return sorted(sorted(found, key=lambda each: each.title), key=lambda each: each.created, reverse=True)

    def quizzes(self) -> list[Workshop]:
        """Return all lasting quizzes, by name."""
        return [self._saved(document) for document in self.store.documents("quiz")]

    def save(self, workshop: Workshop) -> Workshop:
        """Save a changed workshop; StaleDocument when somebody saved another version in the meantime.

        Once somebody has answered, what they were told stays: NotAllowed where referent, month, room, topics or
        kind would change. Activities change by their own methods only.
        """
        before = self.get(workshop.code)
        changed = [name for name in _FIXED_ONCE_ANSWERED if getattr(before, name) != getattr(workshop, name)]
        if changed and any(self._touched(workshop.code, each.id) for each in before.activities):
            raise NotAllowed(
                f"{', '.join(changed)} can't change any more: people have answered with the old setting in mind. "
                "Start a new workshop for the new setting."
            )
        kept = replace(workshop, activities=before.activities, retired=before.retired)
        return self._write(check(kept))

    def _touched(self, code: str, activity_id: str) -> bool:
        """Whether an activity has answers, or something of it was shown."""
        key = key_of(code, activity_id)
        return self.store.count(key) > 0 or self.store.document("release", key) is not None

    def delete(self, code: str) -> None:
        """Delete a workshop with everything in it; nothing of it stays in the store."""
        self.store.delete_workshop(self.get(code).code)

    def count(self, code: str, activity_id: str) -> int:
        """Return how many people have answered an activity."""
        return self.store.count(key_of(normal_code(code), activity_id))

    def expired(self, workshop: Workshop) -> bool:
        """Return True when the last day of a workshop is over; it takes no more answers then."""
        return bool(workshop.expires) and self.today().isoformat() > workshop.expires

    def current(self, code: str) -> Activity | None:
        """Return what ``/join/CODE`` shows now: the open activity, else the newest one, None before the first."""
        return self.get(code).current

    def change(self, code: str, change: Callable[[Workshop], Workshop]) -> Workshop:
        """Apply a change of state to the newest version, however many others are changing it."""
        wanted = normal_code(code)

        def changed(body: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
            return None if body is None else change(workshop_from(body, 0)).as_dict()

        found = self.store.change_document(kind_of(wanted), wanted, changed)
        if found is None:
            raise UnknownCode(_unknown(wanted))
        return self._saved(found)

    def _write(self, workshop: Workshop) -> Workshop:
        kind = kind_of(workshop.code)
        return self._saved(
            self.store.save_document(kind, workshop.code, workshop.as_dict(), workshop.version)
        )

    @staticmethod
    def _saved(document: Document) -> Workshop:
        return workshop_from(document.body, document.version)


def key_of(code: str, activity_id: str) -> str:
    """Return the key under which the store holds what belongs to an activity."""
    return f"{code}/{activity_id}"


def kind_of(code: str) -> str:
    """Return the kind of document that a code's workshop or quiz is stored as."""
    return "quiz" if code.startswith(QUIZ_PREFIX) else "workshop"


def _unknown(code: str) -> str:
    return f"There is no workshop with the code {code[:20]}. Check the letters and try again."
