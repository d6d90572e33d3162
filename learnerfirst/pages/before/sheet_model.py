"""The run sheet of a workshop, as the page knows it: which one, since when, where we are; no widget, no markup."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from traitlets import Any as AnyTrait
from traitlets import HasTraits, Tuple, Unicode

from learnerfirst.errors import InvalidInput, UnknownCode
from learnerfirst.pages.desk import Desk
from learnerfirst.run_sheet import Now, Run, RunSheet, go_on, more_time, now_in, started
from learnerfirst.workshops.run_clock import RoomTimer, RunClock

WORKSHOP = "run_sheet"
_TIME = re.compile(r"\s*([01]?[0-9]|2[0-3])[:.h]([0-5][0-9])\s*")
_HALF_A_DAY = timedelta(hours=12)


def local_now() -> datetime:
    """This computer's time, with its zone."""
    return datetime.now(UTC).astimezone()


@dataclass(frozen=True, slots=True)
class Look:
    """What one look into the store found."""

    code: str
    known: tuple[tuple[str, str, str], ...]
    run: Run | None
    timer: RoomTimer | None
    points: tuple[tuple[str, str], ...]


class SheetModel(HasTraits):
    """One run sheet at a time, kept with a workshop (``code``) or, with an empty code, with none."""

    code = Unicode("")
    known = Tuple(help="workshops: code, title, kind")
    sheet_id = Unicode("")
    run = AnyTrait(None, allow_none=True)
    timer = AnyTrait(None, allow_none=True, help="what the projector shows")
    points = Tuple(help="what the room's picture says to talk about first: words and prompt")
    here = AnyTrait(None, allow_none=True, help="where we are now")

    def __init__(
        self,
        workshops: Any,
        clock: RunClock,
        desk: Desk,
        sheets: Sequence[RunSheet],
        texts: Mapping[str, str],
        now: Callable[[], datetime] = local_now,
    ) -> None:
        super().__init__()
        self.workshops, self.clock, self.desk, self.texts, self.now = workshops, clock, desk, texts, now
        self.sheets = {sheet.id: sheet for sheet in sheets}
        self.sheet_id = sheets[0].id
        self._entered = False

    @property
    def sheet(self) -> RunSheet:
        """The run sheet that is shown: the one that runs, else the one that was chosen."""
        running = self.run.sheet if self.run is not None else ""
        return self.sheets.get(running) or self.sheets[self.sheet_id]

    def read(self) -> Look:
        """Look into the store (may run in a thread)."""
        found = tuple((one.code, one.title, one.kind) for one in self.workshops.all() if one.kind != "sample")
        code = self.code if self.code in [one[0] for one in found] else ""
        return Look(code, found, self.clock.run(code), self.clock.timer(code), self._points(code))

    def take(self, found: Look) -> None:
        """Put what :meth:`read` found into the traits, and see where we are."""
        if self.code != found.code and self.code in [one[0] for one in found.known]:
            return  # another workshop was chosen in the meantime
        run = found.run if found.run is not None and found.run.sheet in self.sheets else None
        with self.hold_trait_notifications():
            self.code, self.known, self.timer, self.points = (
                found.code,
                found.known,
                found.timer,
                found.points,
            )
            self.run = run
            self.here = now_in(self.sheets[run.sheet], run, self.now()) if run else None

    def look(self) -> None:
        """Come to this part: the first time at the workshop that was chosen last, else at the newest one."""
        if not self._entered:
            self._entered = True
            known = self.read().known
            codes = [one[0] for one in known]
            last = self.desk.step(WORKSHOP)
            with self.hold_trait_notifications():
                self.known = known
                self.code = last if last in codes else codes[0] if codes else ""
        self.take(self.read())

    def choose(self, code: str) -> None:
        """Another workshop: its own clock."""
        if code != self.code:
            self.code = code
            self.desk.leave_at(WORKSHOP, code)
            self.take(self.read())

    def choose_sheet(self, sheet: str) -> None:
        """Another run sheet, as long as none runs."""
        if self.run is None and sheet in self.sheets:
            self.sheet_id = sheet

    def start(self, typed: str = "") -> None:
        """Start the clock now, or at the time that was typed; InvalidInput says what a time looks like."""
        moment = self.now() if not typed else self._moment(typed)
        self._keep(started(self.sheet, moment))

    def stop(self) -> None:
        """Take the clock away, and its timer off the projector."""
        self.clock.show_timer(self.code, None)
        self._keep(None)

    def go_on(self) -> None:
        """Begin the next block now; before the start, the first one."""
        if self.run is not None:
            self._keep(go_on(self.sheet, self.run, self.now()))
            if self.timer is not None and self.timer.block:
                self.show_block()

    def more(self, minutes: int) -> None:
        """Give this block more time; a timer that follows it moves with it."""
        if self.run is not None:
            self._keep(more_time(self.sheet, self.run, self.now(), minutes))
            if self.timer is not None and self.timer.block:
                self.show_block()

    def show_block(self) -> None:
        """Show on the projector what is left of this block."""
        here: Now | None = self.here
        if here is None or here.index is None or self.run is None:
            return
        slot = here.slots[here.index - self.run.at]
        self._show(RoomTimer(slot.block.title, slot.end, slot.block.id))

    def show_minutes(self, minutes: int) -> None:
        """Show a timer of so many minutes on the projector."""
        self._show(RoomTimer(self.texts["timer_label"], self.now() + timedelta(minutes=minutes)))

    def hide_timer(self) -> None:
        """Take the timer off the projector."""
        self._show(None)

    def _show(self, timer: RoomTimer | None) -> None:
        if self.code:
            self.clock.show_timer(self.code, timer)
            self.take(self.read())

    def _keep(self, run: Run | None) -> None:
        self.clock.keep(self.code, run)
        self.take(self.read())

    def _moment(self, typed: str) -> datetime:
        found = _TIME.fullmatch(typed)
        if found is None:
            raise InvalidInput(self.texts["no_time"].format(typed=typed[:20]), ())
        now = self.now()
        moment = now.replace(hour=int(found[1]), minute=int(found[2]), second=0, microsecond=0)
        return moment + timedelta(days=1) if now - moment > _HALF_A_DAY else moment

    def _points(self, code: str) -> tuple[tuple[str, str], ...]:
        """The first talking points of the picture that is shown now."""
        if not code:
            return ()
        try:
            for activity in reversed(self.workshops.get(code).activities):
                release = self.workshops.release(code, activity.id) if activity.state == "revealed" else None
                if release is not None:
                    told = release.body.get("talking_points", ())[:3]
                    return tuple((str(one["words"]), str(one.get("prompt") or "")) for one in told)
        except UnknownCode:  # deleted a moment ago
            pass
        return ()
