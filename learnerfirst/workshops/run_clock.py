"""The clock of a run sheet, and the timer that the projector shows: kept in the store, so that a reload loses neither."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from learnerfirst.run_sheet import Run
from learnerfirst.store import Store

RUN, TIMER = "run_sheet", "room_timer"
NO_WORKSHOP = "no-workshop"
GONE_AFTER = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class RoomTimer:
    """A timer for the room: what it is for, when it ends, and the block that it follows, if any."""

    label: str
    ends: datetime
    block: str = ""

    def left(self, now: datetime) -> int | None:
        """Seconds left, 0 when the time is up, None some time after that: nobody needs it any more."""
        if now >= self.ends + GONE_AFTER:
            return None
        return max(0, int((self.ends - now).total_seconds() + 0.999))


class RunClock:
    """Runs and room timers by workshop; both go when their workshop is deleted. Times are UTC."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def run(self, code: str) -> Run | None:
        """Return the run sheet that was started for a workshop ("" stands for none), or None."""
        found = self._read(RUN, code)
        if not found:
            return None
        return Run(
            str(found["sheet"]),
            _time(found["started"]),
            int(found["at"]),
            _time(found["since"]),
            found["extra"],
        )

    def keep(self, code: str, run: Run | None) -> None:
        """Keep where we are; None takes the clock away."""
        body = (
            {}
            if run is None
            else {
                "sheet": run.sheet,
                "started": _text(run.started),
                "at": run.at,
                "since": _text(run.since),
                "extra": dict(run.extra),
            }
        )
        self._write(RUN, code, body)

    def timer(self, code: str) -> RoomTimer | None:
        """Return the timer that the projector shows, or None."""
        found = self._read(TIMER, code)
        return RoomTimer(str(found["label"]), _time(found["ends"]), str(found["block"])) if found else None

    def show_timer(self, code: str, timer: RoomTimer | None) -> None:
        """Let the projector show this timer; None takes it off."""
        body = (
            {} if timer is None else {"label": timer.label, "ends": _text(timer.ends), "block": timer.block}
        )
        self._write(TIMER, code, body)

    def _read(self, kind: str, code: str) -> Mapping[str, Any]:
        found = self.store.document(kind, code or NO_WORKSHOP)
        return {} if found is None else found.body

    def _write(self, kind: str, code: str, body: Mapping[str, Any]) -> None:
        """Two facilitators at one clock: the last one to press wins."""
        self.store.change_document(kind, code or NO_WORKSHOP, lambda before: body if body or before else None)


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
