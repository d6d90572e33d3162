"""The page: owns the widgets, follows the model, looks into the store every few seconds."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from ipywidgets import HTML
from traitlets import All

from learnerfirst.pages.campaign.heard import HeardStep
from learnerfirst.pages.campaign.invite import InviteStep
from learnerfirst.pages.campaign.model import STEPS, CampaignModel
from learnerfirst.pages.campaign.results import ResultsStep
from learnerfirst.pages.campaign.setup import SetupStep
from learnerfirst.pages.frame import Follower, StepBar, clearing, close_widgets
from learnerfirst.pages.guard import Notice, guard
from learnerfirst.pages.learner_power.words import day_words
from learnerfirst.pages.start import rooms_bar
from learnerfirst.pages.theme import put, shown, styled

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
        self._clearing = clearing(self.notice, self.guarded)
        self.steps: dict[str, Any] = {
            "setup": SetupStep(model, texts["setup"], self._clearing),
            "invite": InviteStep(model, texts, self._clearing),
            "results": ResultsStep(model, texts["results"], power, charts, self._clearing),
            "heard": HeardStep(model, texts["heard"], self.notice, self._clearing),
        }
        self.head, self.mark = HTML(), HTML()
        names = texts["steps"]
        self.bar = StepBar({step: names[step] for step in STEPS}, self._go, self._clearing)
        self.there = self.bar.there
        views = [self.steps[name].box for name in STEPS]
        rooms = HTML(rooms_bar(start, "learner_power"))
        self.box = styled([rooms, self.head, self.mark, self.bar.box, self.notice.box, *views], "lf-campaign")
        self.follower = Follower(self._look, SECONDS)
        model.observe(self._changed, names=All)
        self.refresh()

    def _go(self, step: str) -> None:
        self.model.look()
        self.model.go(step)

    def start(self, name: str | None = None) -> None:
        """Come back to where it was, then look into the store as long as the page lives."""
        self.guarded(self.model.start)(name)
        self.follower.start()

    async def _look(self) -> None:
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
        self.bar.show(model.step, STEPS[1:] if model.workshop is None else ())
        for name in STEPS:
            shown(self.steps[name].box, model.step == name)
            self.steps[name].refresh()

    def close(self) -> None:
        """Stop looking, let go of everything."""
        self.follower.stop()
        self.model.unobserve_all()
        close_widgets(self.box)
