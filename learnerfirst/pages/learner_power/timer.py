"""The timer of the open activity: minutes to choose, start and stop, and what is left of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ipywidgets import HTML, Button, Dropdown

from learnerfirst.pages.learner_power.model import LearnerPowerModel
from learnerfirst.pages.markup import paragraph
from learnerfirst.pages.theme import boxed, put, shown

MINUTES = (2, 3, 5, 8, 10, 15, 20)
USUAL = {"pulse": 3, "quick": 8, "long": 15}


def time_words(minutes: int | None, texts: Mapping[str, str]) -> str:
    """What is left, as a sentence; empty without a timer.

    >>> time_words(4, {"timer_left": "{minutes} min left"}), time_words(None, {})
    ('4 min left', '')
    """
    if minutes is None:
        return ""
    known = {0: "timer_up", 1: "timer_last"}.get(minutes, "timer_left")
    return texts[known].format(minutes=minutes)


class TimerControl:
    """Owns the timer's widgets; ``texts`` are ``answers`` of ``data/texts/learner_power.yaml``."""

    def __init__(
        self,
        model: LearnerPowerModel,
        texts: Mapping[str, Any],
        guarded: Callable[[Callable[..., Any]], Callable[..., Any]],
    ) -> None:
        self.model, self.texts = model, texts
        choices = [(texts["timer_minutes"].format(minutes=minutes), minutes) for minutes in MINUTES]
        self.minutes = Dropdown(description=texts["timer_label"], options=choices)
        self.minutes.value = USUAL["quick"]
        self.start, self.stop = (
            Button(description=texts["timer_start"]),
            Button(description=texts["timer_stop"]),
        )
        self.start.on_click(guarded(lambda _: model.start_timer(self.minutes.value)))
        self.stop.on_click(guarded(lambda _: model.stop_timer()))
        self.left = HTML()
        self.box = boxed([self.left, self.minutes, self.start, self.stop], "lf-timer", "lf-form")
        self._for = ""

    def refresh(self) -> None:
        """Redraw from the model; the form that is asked proposes the minutes."""
        model = self.model
        activity = model.activity
        shown(self.box, activity is not None and activity.state == "open")
        if activity is None:
            return
        key = f"{model.workshop.code}/{activity.id}"
        if self._for != key:
            self._for = key
            put(self.minutes, USUAL.get(activity.form or "", USUAL["quick"]))
        runs = model.minutes is not None
        put(self.left, paragraph(time_words(model.minutes, self.texts), "lf-minutes-left") if runs else "")
        for widget in (self.minutes, self.start):
            shown(widget, not runs)
        shown(self.stop, runs)
