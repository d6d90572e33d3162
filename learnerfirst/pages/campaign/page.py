"""The page: owns the widgets, follows the model, looks into the store every few seconds."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML, Button
from traitlets import All

from learnerfirst.pages.campaign.heard import HeardStep
from learnerfirst.pages.campaign.invite import InviteStep
from learnerfirst.pages.campaign.model import STEPS, CampaignModel
from learnerfirst.pages.campaign.results import ResultsStep
from learnerfirst.pages.campaign.setup import SetupStep
from learnerfirst.pages.guard import Notice, guard
from learnerfirst.pages.learner_power.words import day_words
from learnerfirst.pages.start import rooms_bar
from learnerfirst.pages.theme import boxed, put, shown, styled

SECONDS = 10.0
Texts = Mapping[str, Any]


class CampaignPage:
    """A campaign from set-up to what came of it. Show ``box``; end with :meth:`close`."""

    def __init__(
        self, model: CampaignModel, texts: Texts, power: Texts, charts: Mapping[str, str], start: Texts
    ) -> None:
        self.model, self.texts = model, texts
        self.notice = Notice()
        self.guarded = guard(self.notice, texts)
        self.steps: dict[str, Any] = {
            "setup": SetupStep(model, texts["setup"], self._clearing),
            "invite": InviteStep(model, texts, self._clearing),
            "results": ResultsStep(model, texts["results"], power, charts, self._clearing),
            "heard": HeardStep(model, texts["heard"], self.notice, self._clearing),
        }
        self.head, self.mark = HTML(), HTML()
        names = texts["steps"]
        self.here = {
            name: HTML(f'<span class="lf-here" aria-current="step">{escape(names[name])}</span>')
            for name in STEPS
        }
        self.there = {name: Button(description=names[name]) for name in STEPS}
        for name, button in self.there.items():
            button.on_click(self._clearing(lambda _, step=name: self._go(step)))
        bar = boxed([part for name in STEPS for part in (self.here[name], self.there[name])], "lf-steps")
        views = [self.steps[name].box for name in STEPS]
        rooms = HTML(rooms_bar(start, "learner_power"))
        self.box = styled([rooms, self.head, self.mark, bar, self.notice.box, *views], "lf-campaign")
        self.polling: asyncio.Task[None] | None = None
        model.observe(self._changed, names=All)
        self.refresh()

    def _clearing(self, callback: Callable[..., Any]) -> Callable[..., Any]:
        """Guard a callback; what was said before the click is over."""

        def fresh(*args: Any) -> Any:
            self.notice.clear()
            return callback(*args)

        return self.guarded(fresh)

    def _go(self, step: str) -> None:
        self.model.look()
        self.model.go(step)

    def start(self, name: str | None = None) -> None:
        """Come back to where it was, then look into the store as long as the page lives."""
        self.guarded(self.model.start)(name)
        with contextlib.suppress(RuntimeError):
            self.polling = asyncio.get_running_loop().create_task(self._follow())

    async def _follow(self) -> None:
        while True:
            await asyncio.sleep(SECONDS)
            self.guarded(self.model.look)()

    def _changed(self, _change: Any) -> None:
        self.guarded(self.refresh)()

    def refresh(self) -> None:
        """Redraw everything from the model; drawing twice changes nothing."""
        model, texts = self.model, self.texts
        workshop = model.workshop if model.step != "setup" else None
        title, lead = texts["heading"], texts["lead"]
        if workshop is not None:
            days = {
                name: day_words(getattr(workshop, field))
                for name, field in (("opens", "opens"), ("closes", "expires"), ("erase", "erase"))
            }
            title, lead = workshop.title, f"{title} · {texts['states'][model.state].format(**days)}"
        put(self.head, f'<h1>{escape(title)}</h1><p class="lf-quiet">{escape(lead)}</p>')
        kind = "real" if workshop is None else workshop.kind
        put(self.mark, f'<p class="lf-watermark">{escape(texts[kind])}</p>' if kind != "real" else "")
        for name in STEPS:
            shown(self.here[name], model.step == name)
            shown(self.there[name], model.step != name)
            self.there[name].disabled = name != "setup" and model.workshop is None
            shown(self.steps[name].box, model.step == name)
            self.steps[name].refresh()

    def close(self) -> None:
        """Stop looking, let go of everything."""
        if self.polling is not None:
            self.polling.cancel()
        self.model.unobserve_all()
        _close(self.box)


def _close(widget: Any) -> None:
    for child in getattr(widget, "children", ()):
        _close(child)
    widget.close()
