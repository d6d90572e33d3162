"""Rehearse: simulated colleagues answer a workshop of their own, which is revealed and cleared again."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML, Button, Dropdown
from traitlets import Bool, HasTraits, Int, Tuple, Unicode

from learnerfirst.errors import ServingError
from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.desk import lose_everywhere
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.start import PAGES
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.workshops.rehearsals import KIND, answers_in, clear_rehearsals, rehearsals

CROWDS = (12, 30)
PACE = 1.2
"""Seconds between two arrivals: slow enough to be watched, thirty people within 40 seconds."""

Guard = Callable[[Callable[..., Any]], Callable[..., Any]]
Rehearse = Callable[..., Awaitable[Any]]


class RehearseModel(HasTraits):
    """One rehearsal at a time: who has answered, what went wrong, what is kept of earlier ones."""

    people = Int(CROWDS[0])
    code = Unicode("", help="the rehearsal that was started here")
    running = Bool(False)
    answered = Int(0)
    seconds = Int(0, help="how long the answering took")
    reason = Unicode("", help="why somebody could not answer")
    revealed = Bool(False)
    kept = Tuple((0, 0), help="how many rehearsals and answers the store holds")
    confirming = Bool(False)

    def __init__(
        self, workshops: Any, texts: Mapping[str, str], url: str, rehearse: Rehearse, pace: float = PACE
    ) -> None:
        super().__init__()
        self.workshops, self.texts, self.url, self.rehearse, self.pace = workshops, texts, url, rehearse, pace

    def read(self) -> tuple[int, int]:
        """Count what the store holds of rehearsals (reads alone, so it may run in a thread)."""
        found = rehearsals(self.workshops)
        return len(found), sum(answers_in(self.workshops, one) for one in found)

    def take(self, found: tuple[int, int]) -> None:
        """Put what :meth:`read` found into the traits."""
        self.kept = found

    def look(self) -> None:
        """Read the store and take what it says."""
        self.take(self.read())

    def begin(self, people: int) -> None:
        """Make the rehearsal's workshop and open its quiz."""
        if not self.url:
            raise ServingError(self.texts["no_address"])
        made = self.workshops.create(self.texts["title"], kind=KIND)
        self.workshops.open_activity(made.code)
        with self.hold_trait_notifications():
            self.people, self.code, self.answered, self.seconds, self.reason = people, made.code, 0, 0, ""
            self.revealed, self.confirming, self.running = False, False, True
        self.look()

    async def answer(self) -> None:
        """Let everybody answer over the participant pages; the page stays usable meanwhile."""
        started = time.monotonic()
        try:
            met = await self.rehearse(
                self.url, self.code, self.people, within=self.pace * self.people,
                seed=secrets.randbits(32), kind=KIND, guess=True, done=self._arrived,
            )  # fmt: skip
            self.reason = met.errors[0] if met.errors else ""
        finally:
            self.seconds = round(time.monotonic() - started)
            self.running = False
            self.look()

    def _arrived(self, stored: bool) -> None:
        self.answered += stored

    def reveal(self) -> None:
        """Freeze the picture; NotAllowed says what is missing."""
        (activity,) = self.workshops.get(self.code).activities
        self.workshops.reveal(self.code, activity.id)
        self.revealed = True

    def clear(self) -> None:
        """Delete every rehearsal, and every trace that a page kept of it."""
        for code in clear_rehearsals(self.workshops):
            lose_everywhere(self.workshops.store, code)
        with self.hold_trait_notifications():
            self.code, self.revealed, self.confirming, self.answered = "", False, False, 0
        self.look()


class RehearsePart:
    """Owns the widgets of the rehearsal. ``texts`` are ``rehearse`` of ``before.yaml``."""

    def __init__(
        self,
        model: RehearseModel,
        texts: Mapping[str, str],
        addresses: Addresses,
        guarded: Guard,
        notice: Notice,
    ) -> None:
        self.model, self.texts, self.addresses, self.notice = model, texts, addresses, notice
        self.task: asyncio.Task[None] | None = None
        self.people = Dropdown(
            description=texts["people"],
            options=[(texts["people_entry"].format(people=number), number) for number in CROWDS],
        )
        self.start = self._button("action", guarded(lambda _: self._start(guarded)), "lf-primary")
        self.live, self.links = HTML(), HTML()
        self.live.add_class("lf-live")
        self.reveal = self._button("reveal", guarded(lambda _: model.reveal()), "lf-primary")
        self.state = HTML()
        self.clear = self._button("clear", guarded(lambda _: setattr(model, "confirming", True)), "lf-danger")
        self.question = HTML()
        self.yes = self._button("clear_yes", guarded(lambda _: self._clear()), "lf-danger")
        self.no = self._button("clear_no", guarded(lambda _: setattr(model, "confirming", False)))
        self.ask = boxed([self.question, boxed([self.yes, self.no], "lf-actions")], "lf-confirm")
        self._lay_out()

    def _lay_out(self) -> None:
        texts = self.texts
        first = boxed(
            [HTML(heading(texts["heading"]) + paragraph(texts["lead"])), self.people, self.start],
            "lf-card",
            "lf-form",
        )
        self.now = boxed([self.live, boxed([self.reveal], "lf-actions", "lf-centred"), self.links], "lf-card")
        last = boxed(
            [HTML(heading(texts["clear_heading"])), self.state, self.clear, self.ask], "lf-card", "lf-form"
        )
        self.box = boxed([boxed([first, self.now], "lf-two"), last], "lf-step")

    def _button(self, text: str, callback: Callable[..., Any], *names: str) -> Button:
        button = Button(description=self.texts[text])
        for name in names:
            button.add_class(name)
        button.on_click(callback)
        return button

    def _start(self, guarded: Guard) -> None:
        self.notice.clear()
        self.model.begin(self.people.value)
        self.task = asyncio.get_running_loop().create_task(self.model.answer())
        self.task.add_done_callback(guarded(_raised))

    def _clear(self) -> None:
        self.model.clear()
        self.notice.show(self.texts["cleared"])

    def refresh(self) -> None:
        """Redraw from the model."""
        model, texts = self.model, self.texts
        self.start.disabled = model.running
        self.clear.disabled = model.running or model.kept[0] == 0
        shown(self.now, bool(model.code))
        shown(self.reveal, bool(model.code) and not model.running and not model.revealed)
        put(self.live, self._live() if model.code else "")
        put(self.links, self._links() if model.code else "")
        counts = {"rehearsals": model.kept[0], "answers": model.kept[1]}
        put(self.state, paragraph(texts["kept" if model.kept[0] else "kept_none"].format(**counts)))
        put(self.question, paragraph(texts["clear_ask"].format(**counts)))
        shown(self.clear, not model.confirming)
        shown(self.ask, model.confirming)

    def _live(self) -> str:
        model, texts = self.model, self.texts
        told = {"answered": model.answered, "people": model.people}
        if model.running:
            said, more = "running_heading", texts["running"]
        elif model.revealed:
            said, more = "revealed_heading", texts["revealed"]
        else:
            said = "done_heading" if model.answered == model.people else "done_some_heading"
            more = f"{texts['done']} {texts['seconds'].format(seconds=model.seconds)}"
        failed = texts["failed"].format(reason=model.reason) if model.reason else ""
        bar = f'<progress max="{model.people}" value="{model.answered}" aria-label="{escape(texts["progress"])}"></progress>'
        return (
            f'<div role="status">{heading(texts[said].format(**told))}</div>{bar if model.running else ""}'
            f"{paragraph(more)}{paragraph(failed, 'lf-note lf-warn') if failed else ''}"
        )

    def _links(self) -> str:
        texts, code = self.texts, self.model.code
        page = escape(self.addresses.page(PAGES["learner_power"], code))
        projector = escape(self.addresses.projector(code))
        there = escape(texts["go_result" if self.model.revealed else "go_answers"])
        plain = "" if self.model.revealed else " lf-plain"
        return (
            f'<p class="lf-watermark">{escape(texts["title"])} · {escape(texts["code"].format(code=code))}</p>'
            f'<p class="lf-actions"><a class="lf-link-button{plain}" href="{page}" target="_blank" rel="noopener">{there}</a>'
            f'<a class="lf-link-button lf-plain" href="{projector}" target="_blank" rel="noopener">{escape(texts["projector"])}</a></p>'
        )

    def close(self) -> None:
        """Send the simulated people home."""
        if self.task is not None:
            self.task.cancel()


def _raised(task: asyncio.Task[None]) -> None:
    if not task.cancelled():
        task.result()
