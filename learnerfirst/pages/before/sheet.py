"""The run sheet: a rolling clock, the block we are in with what to do and say, and a timer for the projector."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from html import escape
from typing import Any

from ipywidgets import HTML, Button, Dropdown, Text

from learnerfirst.pages.before.sheet_model import SheetModel
from learnerfirst.pages.markup import details, heading, listing, paragraph, table_of
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.run_sheet import Block, Now
from learnerfirst.workshops import minutes_left

MORE = 2
TIMER = 5
Guard = Callable[[Callable[..., Any]], Callable[..., Any]]


class SheetPart:
    """Owns the widgets of the run sheet. ``texts`` are ``sheet`` of ``before.yaml``."""

    def __init__(self, model: SheetModel, texts: Mapping[str, Any], guarded: Guard) -> None:
        self.model, self.texts, self.guarded = model, texts, guarded
        self.drawing = False
        self.now, self.what, self.agenda, self.timer = HTML(), HTML(), HTML(), HTML()
        self.now.add_class("lf-now")
        self.which = Dropdown(
            description=texts["which"], options=[(one.name, one.id) for one in model.sheets.values()]
        )
        self.which.observe(guarded(lambda change: self._chosen(model.choose_sheet, change)), names="value")
        self.workshop = Dropdown(description=texts["workshop"], options=[(texts["no_workshop"], "")])
        self.workshop.observe(guarded(lambda change: self._chosen(model.choose, change)), names="value")
        self.at = Text(description=texts["start_label"], value=_next_five(model.now()))
        self.start_now = self._button(texts["start_now"], lambda _: model.start(), "lf-primary")
        self.start_at = self._button(texts["start_at"], lambda _: model.start(self.at.value))
        self.stop = self._button(texts["stop"], lambda _: model.stop(), "lf-danger")
        self.next = self._button("", lambda _: model.go_on(), "lf-primary")
        self.more = self._button(texts["more"].format(minutes=MORE), lambda _: model.more(MORE))
        self.block_timer = self._button(texts["timer_block"], lambda _: model.show_block())
        self.minutes_timer = self._button(
            texts["timer_minutes"].format(minutes=TIMER), lambda _: model.show_minutes(TIMER)
        )
        self.no_timer = self._button(texts["timer_off"], lambda _: model.hide_timer())
        self._lay_out()

    def _lay_out(self) -> None:
        texts = self.texts
        head = HTML(heading(texts["heading"]) + paragraph(texts["lead"], "lf-quiet"))
        starting = boxed([self.start_now, self.start_at], "lf-actions")
        self.setup = boxed([self.at, starting], "lf-form")
        choice = boxed([head, self.workshop, self.which, self.setup], "lf-card", "lf-form")
        steering = boxed([self.next, self.more, self.stop], "lf-actions")
        timing = boxed([self.block_timer, self.minutes_timer, self.no_timer], "lf-actions")
        self.running = boxed([self.now, steering, self.what, timing, self.timer], "lf-card", "lf-form")
        self.box = boxed([self.running, choice, self.agenda], "lf-step")

    def _button(self, text: str, callback: Callable[..., Any], *names: str) -> Button:
        button = Button(description=text)
        for name in names:
            button.add_class(name)
        button.on_click(self.guarded(callback))
        return button

    def refresh(self) -> None:
        """Redraw from the model."""
        model, here = self.model, self.model.here
        self._refresh_choices()
        running = model.run is not None and here is not None
        shown(self.running, running)
        shown(self.setup, not running)
        shown(self.which, not running)
        put(self.agenda, self._agenda())
        if not running:
            return
        put(self.now, self._now(here))
        put(self.what, self._what(here))
        self._refresh_steering(here)

    def _refresh_choices(self) -> None:
        model, texts = self.model, self.texts
        options = [(texts["no_workshop"], "")]
        for code, title, kind in model.known:
            entry = texts["rehearsal_entry" if kind == "rehearsal" else "workshop_entry"]
            options.append((entry.format(title=title, code=code), code))
        self.drawing = True
        if tuple(self.workshop.options) != tuple(options):
            self.workshop.options = options
        put(self.workshop, model.code)
        put(self.which, model.sheet.id)
        self.drawing = False

    def _chosen(self, choose: Callable[[str], None], change: Any) -> None:
        """A person chose; a redraw, which changes values too, did not."""
        if not self.drawing:
            choose(change.new or "")

    def _refresh_steering(self, here: Now) -> None:
        model, texts = self.model, self.texts
        blocks = model.sheet.blocks
        last = here.over or (here.index is not None and here.index + 1 >= len(blocks))
        if last:
            said = texts["go_on_last"]
        elif here.index is None:
            said = texts["begin_first"]
        else:
            said = texts["go_on"].format(title=blocks[here.index + 1].title)
        if self.next.description != said:
            self.next.description = said
        self.next.disabled = last
        self.more.disabled = here.index is None
        left = model.timer.left(model.now()) if model.timer is not None else None
        shown(self.block_timer, bool(model.code) and here.index is not None)
        shown(self.minutes_timer, bool(model.code))
        shown(self.no_timer, left is not None)
        if not model.code:
            put(self.timer, paragraph(texts["timer_help"], "lf-help"))
        elif left is None:
            put(self.timer, "")
        else:
            told = texts["timer_on"].format(label=model.timer.label, time=_clock(model.timer.ends))
            put(self.timer, f'<div role="status">{paragraph(told, "lf-help")}</div>')

    def _now(self, here: Now) -> str:
        texts, model = self.texts, self.model
        time = f'<p class="lf-time">{_clock(model.now())}</p>'
        if here.index is None:
            what = "over" if here.over else "before"
            moment = _clock(here.ends if here.over else here.slots[0].start)
            title = heading(texts[f"{what}_heading"].format(time=moment))
            return f"{time}{title}{paragraph(texts[what].format(time=moment))}"
        number = here.index - model.run.at
        slot = here.slots[number]
        whole = int((slot.end - slot.start).total_seconds())
        over = whole - here.left
        bar = f'<progress max="{whole}" value="{over // 10 * 10}" aria-label="{escape(texts["progress"])}"></progress>'
        until = texts["until"].format(time=_clock(slot.end))
        left = f'<p class="lf-left"><strong>{escape(self._left(here.left))}</strong> {escape(until)}</p>'
        return f'<div class="lf-now-head">{time}<div>{heading(slot.block.title)}{left}</div></div>{bar}'

    def _what(self, here: Now) -> str:
        """What to do and say in the block we are in, what comes next, when it all ends."""
        if here.index is None:
            return ""
        number = here.index - self.model.run.at
        following = ""
        if number + 1 < len(here.slots):
            after = here.slots[number + 1]
            told = self.texts["next"].format(time=_clock(after.start), title=after.block.title)
            following = paragraph(told, "lf-quiet")
        said = self._block(here.slots[number].block)
        return f"{said}{following}{paragraph(self._ends(here), 'lf-quiet')}"

    def _left(self, seconds: int) -> str:
        minutes = seconds // 60
        if minutes == 0:
            return str(self.texts["left_last"])
        minutes = minutes_left(seconds) or 0
        return str(self.texts["left_one" if minutes == 1 else "left_many"].format(minutes=minutes))

    def _ends(self, here: Now) -> str:
        kind = "ends" if here.late == 0 else "ends_late" if here.late > 0 else "ends_early"
        return str(self.texts[kind].format(time=_clock(here.ends), minutes=abs(here.late)))

    def _block(self, block: Block) -> str:
        texts = self.texts
        parts = [("do", block.do, ""), ("say", block.say, "lf-say"), ("prompts", block.prompts, "")]
        said = "".join(_named(texts[name], lines, kind) for name, lines, kind in parts if lines)
        points = self.model.points if block.room else ()
        told = [f"{words} {prompt}".strip() for words, prompt in points]
        return (_named(texts["room"], told, "") if told else "") + said

    def _agenda(self) -> str:
        """All blocks with their times where the clock runs, else with the minute at which they begin."""
        model, texts = self.model, self.texts
        times = {slot.block.id: _clock(slot.start) for slot in model.here.slots} if model.here else {}
        index = model.here.index if model.here else None
        rows, begins = [], 0
        for number, block in enumerate(model.sheet.blocks):
            inside = details(texts["details"], self._block(block))
            name = f"<strong>{escape(block.title)}</strong>"
            mark = ' aria-current="step"' if number == index else ""
            minutes = block.minutes + (model.run.extra.get(block.id, 0) if model.run else 0)
            ahead = texts["over_block"] if model.here else texts["minute"].format(minute=begins)
            when = escape(times.get(block.id, ahead))
            rows.append([f"<span{mark}>{when}</span>", f"{name}{inside}", str(minutes)])
            begins += block.minutes
        return (
            f'<section class="lf-card lf-agenda">{heading(texts["agenda"])}'
            f"{table_of(texts['agenda'], texts['agenda_head'], rows)}</section>"
        )

    def close(self) -> None:
        """Nothing runs here; the clock is in the store."""


def _named(title: str, lines: Iterable[str], kind: str) -> str:
    inside = listing(escape(line) for line in lines)
    return f'<div class="lf-lines {kind}">{heading(title, 3)}{inside}</div>'


def _clock(moment: datetime) -> str:
    """The time on this computer's clock.

    >>> from datetime import timezone
    >>> len(_clock(datetime(2026, 11, 22, 14, 5, tzinfo=timezone.utc)))
    5
    """
    return moment.astimezone().strftime("%H:%M")


def _next_five(moment: datetime) -> str:
    minute = moment.minute // 5 * 5 + 5
    return f"{(moment.hour + minute // 60) % 24:02d}:{minute % 60:02d}"
