"""Step four: the finding, the pictures, what to talk about first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML, Button

from learnerfirst import content
from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.learner_power import result
from learnerfirst.pages.learner_power.after import AfterReveal
from learnerfirst.pages.learner_power.model import LearnerPowerModel
from learnerfirst.pages.learner_power.words import finding
from learnerfirst.pages.markup import paragraph
from learnerfirst.pages.theme import boxed, put, shown

Guard = Callable[[Callable[..., Any]], Callable[..., Any]]


class RevealStep:
    """Owns the result; ``texts`` are all of ``learner_power.yaml``, ``charts`` those of ``charts.yaml``."""

    def __init__(
        self,
        model: LearnerPowerModel,
        texts: Mapping[str, Any],
        charts: Mapping[str, str],
        addresses: Addresses,
        guarded: Guard,
    ) -> None:
        self.model, self.all, self.texts, self.charts, self.addresses = (
            model,
            texts,
            texts["reveal"],
            charts,
            addresses,
        )
        self.guess = content.texts("live_room")["guess"]
        self.head, self.body = HTML(), HTML()
        self.body.add_class("lf-result")
        self.to_answers = Button(description=self.texts["to_answers"])
        self.to_answers.on_click(guarded(lambda _: model.go("answers")))
        self.to_plan = Button(description=self.texts["to_plan"])
        self.to_plan.add_class("lf-primary")
        self.to_plan.on_click(guarded(lambda _: model.go("plan")))
        self.hide = Button(description=self.texts["hide"])
        self.hide.on_click(guarded(lambda _: model.hide()))
        actions = boxed([self.to_answers, self.hide, self.to_plan], "lf-actions")
        self.after = AfterReveal(model, charts, self.texts["gate_cap"], guarded)
        self.box = boxed([self.head, self.body, self.after.box, actions, self.after.rest], "lf-step")

    def refresh(self) -> None:
        """Redraw from the model."""
        self.after.refresh()
        release = self.model.release or self.model.earlier
        shown(self.to_answers, self.model.release is None)
        shown(self.to_plan, release is not None)
        shown(self.hide, self.model.release is not None)
        if release is None or self.model.workshop is None:
            help_text = paragraph(self.texts["not_yet_help"])
            put(self.head, f'<div class="lf-card"><h2>{escape(self.texts["not_yet"])}</h2>{help_text}</div>')
            put(self.body, "")
            return
        (self.box.add_class if self.model.fresh else self.box.remove_class)("lf-fresh")
        put(self.head, self._head(release))
        put(self.body, self._body(release))

    def _head(self, release: Mapping[str, Any]) -> str:
        projector = escape(self.addresses.projector(self.model.workshop.code))
        link = (
            f'<a class="lf-link-button lf-plain" href="{projector}" target="_blank" rel="noopener">'
            f"{escape(self.all['invite']['projector'])}</a>"
        )
        if self.model.release is not None:
            handout = escape(self.addresses.handout(self.model.workshop.code))
            link = (
                f'<p class="lf-actions">{link}<a class="lf-link-button lf-plain" href="{handout}" target="_blank" '
                f'rel="noopener">{escape(self.texts["handout"])}</a></p>'
            )
        who = result.who(release, self.model.workshop, self.texts, self.all["invite"]["referents"])
        if self.model.release is None:
            who = f"{who} · {self.texts['round_before']}"
        sentence = escape(finding(release, self.all["finding"], self.charts))
        return (
            f'<div class="lf-headline"><div><h2 class="lf-finding">{sentence}</h2>'
            f"{paragraph(who, 'lf-quiet')}</div>{link}</div>"
        )

    def _body(self, release: Mapping[str, Any]) -> str:
        texts, charts = {**self.texts, "stage_names": charts_names(self.charts)}, self.charts
        if release.get("hidden"):
            hidden = release["hidden"]
            words = paragraph(str(hidden.get("why", "")))
            words += paragraph(str(hidden.get("what_helps", "")), "lf-quiet") + result.marks(
                release, texts, charts
            )
            return result.card(texts["where"], words)
        said = [result.card(texts["talk"], result.talk_first(release, texts), "lf-talk")]
        if surprise := result.guess(release, self.guess, charts):
            said.append(result.card(self.guess["title"], surprise, "lf-guess"))
        if release.get("topics"):
            said.append(result.card(texts["topics"], result.topics(release, texts), "lf-topics"))
        drawn = []
        if release.get("today"):
            drawn.append(result.card(texts["where"], result.where(release, texts, charts), "lf-where"))
        if release.get("dimensions"):
            inside = result.dimensions(release, texts, charts)
            drawn.append(result.card(texts["dimensions"], inside, "lf-dimensions"))
        if release.get("marks"):
            drawn.append(result.card(texts["marks"], result.marks(release, texts, charts), "lf-marks"))
        note = paragraph(f"{result.counted(release)} {texts['unvalidated']}", "lf-small lf-quiet")
        return (
            f'<div class="lf-reveal"><div class="lf-column lf-said">{"".join(said)}</div>'
            f'<div class="lf-column lf-drawn">{"".join(drawn)}</div></div>{note}'
        )


def charts_names(charts: Mapping[str, str]) -> dict[str, str]:
    """The names of the stages."""
    return {stage: charts[stage] for stage in result.STAGES}
