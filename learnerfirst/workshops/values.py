"""What a workshop is, as values: the workshop, its activities, a release; and their JSON in the store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from learnerfirst.errors import Fault, InvalidInput

KINDS = ("real", "rehearsal", "sample")
ROOMS = ("five_or_more", "talk", "open", "carry")
STANDS_FOR = ("itself", "larger")
STATES = ("open", "closed", "revealed", "hidden")
ACCESS = ("open", "codes")


@dataclass(frozen=True, slots=True)
class Activity:
    """One thing that is asked in a workshop; ``state`` is open, closed, revealed or (revealed, then) hidden.

    ``ends``: when its timer runs out, in seconds since the epoch; 0 without a timer. ``purpose``: what it is asked
    for, one of ``purposes.PURPOSES``. ``access``: "open", or "codes" where everybody needs a one-time code. ``aside``:
    asked beside the others, under an address of its own. ``source``: "file" where the answers were imported. ``about``:
    what of the workshop it belongs to (a community's id, or one of its meetings); "" for the workshop itself.
    """

    id: str
    questionnaire: str
    form: str | None = None
    state: str = "open"
    ends: int = 0
    purpose: str = "learner_power"
    access: str = "open"
    aside: bool = False
    source: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class WorkshopTopic:
    """A topic the room is asked about; ``compulsory`` and ``tracked`` are facts that the facilitator states."""

    id: str
    name: str
    compulsory: bool = False
    tracked: bool = False


@dataclass(frozen=True, slots=True)
class Workshop:
    """One workshop under one code; ``version`` counts its saves.

    ``opens`` and ``expires`` are the first and the last day on which it takes answers; from the day ``erase`` on
    (by default the day after the last) the answers themselves are gone.
    """

    code: str
    title: str
    referent: str = "team"
    wanted_by: str = ""
    kind: str = "real"
    room: str = "five_or_more"
    stands_for: str = "itself"
    form: str | None = "quick"
    topics: tuple[WorkshopTopic, ...] = ()
    activities: tuple[Activity, ...] = ()
    retired: tuple[str, ...] = ()
    created: str = ""
    opens: str = ""
    expires: str = ""
    erase: str = ""
    version: int = 0

    def activity(self, activity_id: str) -> Activity | None:
        """Return the activity with this id, or None."""
        return next((found for found in self.activities if found.id == activity_id), None)

    @property
    def current(self) -> Activity | None:
        """The open activity; with none open the newest one; None before the first.

        What is asked beside the others, and what was imported from a file, is never the current one.
        """
        shown = [each for each in self.activities if not each.aside and not each.source]
        for activity in shown:
            if activity.state == "open":
                return activity
        return shown[-1] if shown else None

    def with_purpose(self, purpose: str, about: str = "") -> tuple[Activity, ...]:
        """The activities with this purpose, oldest first; with ``about`` those of one community or meeting alone."""
        return tuple(
            each for each in self.activities if each.purpose == purpose and (not about or each.about == about)
        )

    def newest(self, purpose: str, about: str = "") -> Activity | None:
        """The newest activity with this purpose (and about this), or None."""
        return next(reversed(self.with_purpose(purpose, about)), None)

    def as_dict(self) -> dict[str, Any]:
        """Return the workshop as JSON-able values, without its version (the store counts that)."""
        found = asdict(self)
        del found["version"]
        return found


@dataclass(frozen=True, slots=True)
class Release:
    """What was shown of an activity: ``body`` is frozen and coarsened, ``version`` above 1 means renewed.

    A release that hides everything has ``body["hidden"]``, is not kept (``version`` 0), and forbids nothing later.
    """

    code: str
    activity: str
    version: int
    body: Mapping[str, Any]

    @property
    def hidden(self) -> Mapping[str, str] | None:
        """Why nothing is shown and what would help, or None."""
        found: Mapping[str, str] | None = self.body.get("hidden")
        return found


def workshop_from(body: Mapping[str, Any], version: int) -> Workshop:
    """Return the workshop that :meth:`Workshop.as_dict` described."""
    known = {name: body[name] for name in Workshop.__dataclass_fields__ if name in body}
    known["topics"] = tuple(WorkshopTopic(**topic) for topic in known.get("topics", ()))
    known["activities"] = tuple(Activity(**activity) for activity in known.get("activities", ()))
    known["retired"] = tuple(known.get("retired", ()))
    return Workshop(**{**known, "version": version})


def topics_from(given: Iterable[WorkshopTopic | Mapping[str, Any] | str]) -> tuple[WorkshopTopic, ...]:
    """Return topics from values, mappings or bare names; at most three.

    >>> topics_from(["Safety rules"])[0].id
    'safety_rules'
    """
    found = []
    for topic in given:
        if isinstance(topic, WorkshopTopic):
            found.append(topic)
        elif isinstance(topic, str):
            found.append(WorkshopTopic(_slug(topic), topic.strip()))
        else:
            name = str(topic["name"]).strip()
            found.append(
                WorkshopTopic(
                    str(topic.get("id") or _slug(name)),
                    name,
                    bool(topic.get("compulsory")),
                    bool(topic.get("tracked")),
                )
            )
    ids = [topic.id for topic in found]
    if len(found) > 3 or len(set(ids)) != len(ids) or not all(topic.name for topic in found):
        raise InvalidInput(
            "topics", [Fault("topics", ", ".join(ids) or "none", "at most three, each once, named")]
        )
    return tuple(found)


def day_of(text: str) -> date | None:
    """Return the day that ``text`` (YYYY-MM-DD) names, or None.

    >>> day_of("2026-11-22"), day_of("soon")
    (datetime.date(2026, 11, 22), None)
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _slug(name: str) -> str:
    return "_".join("".join(c if c.isalnum() else " " for c in name.lower()).split()) or "topic"


def check(workshop: Workshop) -> Workshop:
    """Return ``workshop`` if its fields are allowed, else raise InvalidInput that names all that are not."""
    faults = [
        Fault(name, repr(getattr(workshop, name)), f"one of: {', '.join(allowed)}")
        for name, allowed in (("kind", KINDS), ("room", ROOMS), ("stands_for", STANDS_FOR))
        if getattr(workshop, name) not in allowed
    ]
    if not 1 <= len(workshop.title.strip()) <= 200:
        faults.append(Fault("title", repr(workshop.title[:60]), "a title of 1 to 200 characters"))
    if not 1 <= len(workshop.referent.strip()) <= 100:
        faults.append(Fault("referent", repr(workshop.referent[:60]), "1 to 100 characters"))
    try:
        date.fromisoformat(f"{workshop.wanted_by}-01")
    except ValueError:
        faults.append(Fault("wanted_by", repr(workshop.wanted_by), "a month as YYYY-MM, such as 2027-11"))
    for name in ("opens", "expires", "erase"):
        if getattr(workshop, name) and day_of(getattr(workshop, name)) is None:
            faults.append(Fault(name, repr(getattr(workshop, name)), "a day as YYYY-MM-DD, or nothing"))
    if faults:
        raise InvalidInput("the workshop was not saved", faults)
    return workshop
