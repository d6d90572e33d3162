"""The timer of an activity: it tells how long is left and ends nothing by itself; the facilitator does."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from learnerfirst.errors import Fault, InvalidInput, NotOpen
from learnerfirst.store import Store
from learnerfirst.workshops.register import Loader
from learnerfirst.workshops.sample import Samples
from learnerfirst.workshops.values import Activity, Workshop

LONGEST_MINUTES = 180


class Timing(Samples):
    """Timers; ``now`` tells seconds since the epoch."""

    def __init__(
        self,
        store: Store,
        load: Loader | None = None,
        *,
        today: Callable[[], date] = date.today,
        now: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(store, load, today=today)
        self.now = now

    def start_timer(self, code: str, activity_id: str, minutes: int) -> Activity:
        """Let the activity's timer run for so many minutes from now; NotOpen unless it takes answers."""
        if not 1 <= minutes <= LONGEST_MINUTES:
            raise InvalidInput("timer", [Fault("minutes", str(minutes), f"1 to {LONGEST_MINUTES}")])
        return self._set_timer(code, activity_id, round(self.now() + 60 * minutes))

    def stop_timer(self, code: str, activity_id: str) -> Activity:
        """Take the timer away; the activity stays open."""
        return self._set_timer(code, activity_id, 0)

    def seconds_left(self, activity: Activity | None) -> int | None:
        """Return how long the timer still runs, 0 when it ran out, None where there is none."""
        if activity is None or activity.state != "open" or not activity.ends:
            return None
        return max(0, round(activity.ends - self.now()))

    def _set_timer(self, code: str, activity_id: str, ends: int) -> Activity:
        self.activity(code, activity_id)

        def timed(workshop: Workshop) -> Workshop:
            found = workshop.activity(activity_id)
            if found is None or found.state != "open":
                raise NotOpen(f"{workshop.title} takes no answers now, so there is no timer.")
            others = workshop.activities
            changed = tuple(replace(each, ends=ends) if each == found else each for each in others)
            return replace(workshop, activities=changed)

        self.change(code, timed)
        return self.activity(code, activity_id)


def minutes_left(seconds: int | None) -> int | None:
    """Return whole minutes as people say them: started ones count, 0 when the time is up.

    >>> [minutes_left(seconds) for seconds in (None, 0, 1, 60, 61, 240)]
    [None, 0, 1, 1, 2, 4]
    """
    return None if seconds is None else -(-seconds // 60)
