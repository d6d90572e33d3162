"""The views of a workshop: which there are now, which one the workshop itself is at, and how each is drawn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from html import escape
from typing import Any

from learnerfirst.content import texts
from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.projector import revealed
from learnerfirst.pages.projector.community import communities
from learnerfirst.pages.projector.coverage import coverage
from learnerfirst.pages.projector.gaps import gaps
from learnerfirst.pages.projector.guess import guess
from learnerfirst.pages.projector.people import people
from learnerfirst.pages.projector.profile import profiles
from learnerfirst.pages.projector.revealed import Shown
from learnerfirst.pages.projector.view import Deck, View
from learnerfirst.pages.qr import qr_svg
from learnerfirst.workshops import Presence, Workshops, minutes_left
from learnerfirst.workshops.leader_vote import VOTE
from learnerfirst.workshops.persona_shelf import PersonaShelf
from learnerfirst.workshops.profile_building import PROPOSE, RATE
from learnerfirst.workshops.purposes import ABOUT_WORK, NAMED, purpose_of
from learnerfirst.workshops.run_clock import RunClock

AFTER_THE_REVEAL = (
    ("picture", revealed.picture),
    ("guess", guess),
    ("talk", revealed.talk),
    ("dimensions", revealed.dimensions),
    ("plan", revealed.plan),
    ("audit", revealed.audit),
)
"""Views of a shown picture, in the order of the talk; each draws from ``Shown``, or gives nothing."""


class Projector:
    """Draws the views of a workshop from the store; ``theme`` is light or dark."""

    def __init__(
        self,
        workshops: Workshops,
        addresses: Addresses,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.workshops, self.addresses, self.now = workshops, addresses, now
        self.clock = RunClock(workshops.store)
        self.presence = Presence(workshops.store)
        self.words = texts("projector")

    def view(self, code: str, theme: str = "light", wanted: str | None = None) -> View:
        """What to show now; UnknownCode when there is no such workshop.

        ``wanted`` names a view; where it is not there (yet), it is the natural one.
        """
        workshop = self.workshops.get(code)
        activity = workshop.current
        count = 0 if activity is None else self.workshops.count(workshop.code, activity.id)
        release = None
        if activity is not None and activity.state == "revealed":
            release = self.workshops.release(workshop.code, activity.id)
        state = _state(activity, count, release)
        decks = self._decks(workshop, activity, count, release, theme)
        drawn = {name: html for _id, _name, views in decks for name, html in views.items()}
        personas = [name for name in drawn if name.startswith("personas_")]
        waits = next(iter(personas), "wait")
        natural = {"wait": waits, "invite": "invite", "revealed": "picture"}.get(state, "answers")
        if state == "closed" and "talk_about" in drawn and activity is not None and activity.purpose == RATE:
            natural = "talk_about"
        if state in ("answering", "closed") and activity is not None and activity.purpose == VOTE:
            natural = f"vote_{activity.about}" if f"vote_{activity.about}" in drawn else natural
        name = wanted if wanted in drawn else natural
        return View(
            state,
            name or natural,
            natural,
            tuple(Deck(one, said, tuple(views)) for one, said, views in decks),
            drawn[name or natural],
            self._foot(workshop, state, count),
        )

    def _decks(
        self, workshop: Any, activity: Any, count: int, release: Any, theme: str
    ) -> list[tuple[str, str, dict[str, str]]]:
        """Id, name and drawn views of each deck; how to join and who is in come first in the deck they belong to."""
        code, words = workshop.code, self.words["decks"]
        now = {"wait": self._wait()} if activity is None else {"invite": self._invite(workshop, activity)}
        if activity is not None:
            now["answers"] = self._answers(workshop, activity, count)
        if activity is not None and release is not None:
            shown = Shown(self.workshops, workshop, activity, release.body, theme)
            now |= {name: html for name, draw in AFTER_THE_REVEAL if (html := draw(shown))}
        about = self._people(code, theme) | coverage(self.workshops, code, theme)
        decks = [("personas", words["personas"], about)]
        decks += [("gaps", words["gaps"], gaps(self.workshops, code, theme))]
        decks += [("profiles", words["profiles"], profiles(self.workshops, code, self.words))]
        decks += communities(self.workshops, code, theme)
        home = _home(activity)
        if not any(one == home and views for one, _name, views in decks):
            said = words["now"] if activity is None else texts("purposes")["names"][activity.purpose]
            return [("now", said, now), *((one, name, views) for one, name, views in decks if views)]
        first = [(one, name, now | views) for one, name, views in decks if one == home]
        return first + [(one, name, views) for one, name, views in decks if views and one != home]

    def _people(self, code: str, theme: str) -> dict[str, str]:
        """The personas on the table; without a quiz they are what the workshop begins with."""
        kept = PersonaShelf(self.workshops.store, code).all()
        return people([each.persona for each in kept if not each.persona.retired], theme, self.words)

    def timer(self, code: str) -> dict[str, object] | None:
        """The timer of the run sheet, where it was put on the projector: what it is for and the seconds left."""
        found = self.clock.timer(self.workshops.get(code).code)
        left = None if found is None else found.left(self.now())
        return None if found is None or left is None else {"label": found.label, "left": left}

    def join(self, code: str) -> str:
        """Where to join, under every view but the invitation: address, code and small QR code."""
        workshop = self.workshops.get(code)
        return (
            f'<div><p class="quiet">{self._address(workshop)}</p><p class="code">{escape(workshop.code)}</p></div>'
            f'<div class="qr small">{self._qr(workshop)}</div>'
        )

    def _wait(self) -> str:
        words = self.words
        return (
            f'<div class="middle"><h1>{escape(words["wait"])}</h1><p>{escape(words["wait_help"])}</p></div>'
        )

    def _invite(self, workshop: Any, activity: Any) -> str:
        words = self.words
        return (
            f'<div class="invite"><div class="qr big">{self._qr(workshop)}</div><div><h1>{escape(workshop.title)}</h1>'
            f'<p>{escape(words["invite_heading"])}</p><p class="address">{self._address(workshop)}</p>'
            f'<p class="code huge">{escape(workshop.code)}</p>{self._time(activity)}'
            f'<p class="quiet">{escape(self._private(activity))}</p></div></div>'
        )

    def _answers(self, workshop: Any, activity: Any, count: int) -> str:
        """Who is in: counts only."""
        still = self.presence.here(workshop.code).answering if activity.state == "open" else 0
        said = self._counted(count, still)
        private = f"<p>{escape(self._private(activity))}</p>"
        if activity.state != "open":
            said, private = self.words["closed"], "" if activity.state == "revealed" else private
        return (
            f'<div class="middle"><p class="count" aria-hidden="true">{count}</p><h1>{escape(said)}</h1>'
            f"{self._time(activity)}{private}</div>"
        )

    def _private(self, activity: Any) -> str:
        """What happens with answers: about people they come with the reveal, about the work unnamed, named by choice."""
        known = {ABOUT_WORK: "private_work", NAMED: "private_named"}
        usual = known.get(purpose_of(activity).pocket, "private")
        return str(self.words["private_vote" if activity.purpose == VOTE else usual])

    def _counted(self, count: int, still: int = 0) -> str:
        known = {0: "none", 1: "one"}.get(count, "many")
        name = f"answering_{known}{'_of' if still and count else ''}"
        return str(self.words[name].format(count=count, total=count + still, still=still))

    def _time(self, activity: Any) -> str:
        """What the activity's timer still runs, in whole minutes; empty without a timer."""
        minutes = minutes_left(self.workshops.seconds_left(activity))
        if minutes is None:
            return ""
        words = self.words[{0: "time_up", 1: "time_last"}.get(minutes, "time_left")].format(minutes=minutes)
        return f'<p class="time">{escape(words)}</p>'

    def _qr(self, workshop: Any) -> str:
        return qr_svg(self.addresses.join(workshop.code), self.words["qr"])

    def _address(self, workshop: Any) -> str:
        whole = self.addresses.join(workshop.code).split("://", 1)[-1]
        return escape(whole.removesuffix(f"/{workshop.code}"))

    def _foot(self, workshop: Any, state: str, count: int) -> str:
        """What this is: that it does not count, where it does not; else the count, once shown; else the title."""
        if workshop.kind != "real":
            return f'<p class="mark">{escape(self.words[workshop.kind])}</p>'
        said = self._counted(count) if state == "revealed" else workshop.title
        return f'<p class="quiet">{escape(said)}</p>'


def _home(activity: Any) -> str:
    """The deck to which the invitation belongs: the community, or the profile, that is asked about."""
    if activity is None:
        return "now"
    building = activity.purpose in (PROPOSE, RATE)
    return "profiles" if building else f"community_{activity.about.partition(':')[0]}"


def _state(activity: Any, count: int, release: Any) -> str:
    if activity is None:
        return "wait"
    if release is not None:
        return "revealed"
    if activity.state != "open":
        return "closed"
    return "answering" if count else "invite"
