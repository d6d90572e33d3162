"""One round on the phones of a community's members: open it, the way in and the count while it is open, close it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ipywidgets import HTML, Button

from learnerfirst.content import texts as words_of
from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.invite import invitation, progress
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.personas.downloads import link
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.workshops import Activity, Presence

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class RoundCard:
    """Owns the card of one round. Show ``box``; call :meth:`look` from the step's own.

    ``texts``: the step's words with ``page``; those of this round are ``texts[name]``: ``heading``, ``text``, ``open``,
    ``again``, ``close``, ``done`` (with {count}), and what differs in ``invitation``; with ``laptop`` there is a link for
    those without a phone. ``open_round()`` opens it,
    ``close_round(activity)`` closes it (by default without doing anything else). ``expected()``: how many are in the room.
    ``about()``: whose round it is, by default the open community's. ``shut()``: why it can't be opened now, "" where it can.
    ``waited()``: whether opening it for the first time is what comes next.
    """

    def __init__(
        self,
        model: CommunityModel,
        texts: Mapping[str, Any],
        guarded: Wrap,
        name: str,
        purpose: str,
        open_round: Callable[[], Any],
        *,
        close_round: Callable[[Activity], Any] | None = None,
        expected: Callable[[], int] = lambda: 0,
        about: Callable[[], str] | None = None,
        shut: Callable[[], str] = lambda: "",
        waited: Callable[[], bool] = lambda: True,
    ) -> None:
        self.model, self.words, self.page, self.purpose = model, texts[name], texts["page"], purpose
        self.invite = {**self.page["invitation"], **self.words.get("invitation", {})}
        self.open_round, self.close_round, self.expected = open_round, close_round, expected
        self.about, self.shut, self.waited = about or (lambda: model.community_id), shut, waited
        self.count, self.still = 0, 0
        self.html = HTML()
        self.open = Button(description=self.words["open"])
        self.open.on_click(guarded(lambda _: self._open()))
        self.close = Button(description=self.words["close"])
        self.close.add_class("lf-primary")
        self.close.on_click(guarded(lambda _: self._close()))
        self.acts = boxed([self.open, self.close], "lf-actions")
        self.box = boxed([self.html, self.acts], "lf-card", "lf-form")

    @property
    def activity(self) -> Activity | None:
        """The newest round, or None."""
        found: Activity | None = self.model.workshop.newest(self.purpose, self.about())
        return found

    @property
    def state(self) -> str:
        """ "none", "open" or "closed"."""
        found = self.activity
        return "none" if found is None else "open" if found.state == "open" else "closed"

    def _open(self) -> None:
        self.open_round()
        self.model.look()
        self.look()

    def _close(self) -> None:
        found = self.activity
        if found is not None and found.state == "open":
            self.model.workshops.close_activity(self.model.workshop.code, found.id)
        if found is not None and self.close_round is not None:
            self.close_round(self.model.workshop.activity(found.id) or found)
        self.model.look()
        self.look()

    def look(self) -> None:
        """Read how many have answered, and draw."""
        model, found = self.model, self.activity
        before = (self.count, self.still)
        self.count = 0 if found is None else model.workshops.count(model.workshop.code, found.id)
        self.still = Presence(model.workshops.store).here(model.workshop.code).answering
        if before != (self.count, self.still):
            model.told()
        self.refresh()

    def refresh(self) -> None:
        """Redraw from what was read."""
        words, state = self.words, self.state
        busy = self._busy()
        shown(self.open, state != "open" and not self.shut())
        shown(self.close, state == "open")
        shown(self.acts, state == "open" or not self.shut())
        if self.open.disabled != bool(busy):
            self.open.disabled = bool(busy)
        said = words["again" if state == "closed" else "open"]
        if self.open.description != said:
            self.open.description = said
        first = state == "none" and self.waited()
        self.open.add_class("lf-primary") if first else self.open.remove_class("lf-primary")
        put(self.html, heading(words["heading"]) + (self._way_in() if state == "open" else self._told(busy)))

    def _busy(self) -> str:
        """What else is asked by the workshop's code now; "" where nothing is."""
        now = self.model.workshop.current
        mine = self.activity
        if now is None or now.state != "open" or (mine is not None and now.id == mine.id):
            return ""
        return str(words_of("purposes")["names"][now.purpose])

    def _told(self, busy: str) -> str:
        words = self.words
        closed = self.state == "closed"
        lines = paragraph(words["done"].format(count=self.count) if closed else words["text"], "lf-quiet")
        shut = self.shut()
        if shut:
            return lines + paragraph(shut, "lf-note")
        if busy:
            lines += paragraph(self.page["busy"].format(name=busy), "lf-note")
        return lines

    def _way_in(self) -> str:
        model, code = self.model, self.model.workshop.code
        return invitation(
            model.addresses.join(code),
            code,
            self.invite,
            inside=progress(self.count, self.expected(), self.still, self.invite),
            after=self._links(code),
        )

    def _links(self, code: str) -> str:
        """The projector, and where those answer who have no phone: one after the other, on this computer."""
        addresses, laptop = self.model.addresses, self.words.get("laptop", "")
        made = link(addresses.projector(code), self.invite["projector"])
        made += link(addresses.laptop(code), laptop) if laptop else ""
        return f'<p class="lf-actions">{made}</p>'
