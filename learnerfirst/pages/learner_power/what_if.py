"""The card "What would it take?": the fewest moves to a stage, and one move of one's own to try."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from html import escape
from typing import Any

from ipywidgets import HTML, Dropdown

from learnerfirst.charts import continuum_svg, place, place_near
from learnerfirst.learner_power import Position, Stage
from learnerfirst.pages.learner_power import result
from learnerfirst.pages.learner_power.after_model import AfterModel
from learnerfirst.pages.markup import heading, listing, paragraph
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.privacy.wording import NUMBERS_FROM, nearest, position_step

Guard = Callable[[Callable[..., Any]], Callable[..., Any]]


class WhatIfCard:
    """Owns the card; ``texts`` are ``what_if`` of ``after_reveal.yaml``, ``cap`` the sentence for a failed gate."""

    def __init__(
        self, model: AfterModel, texts: Mapping[str, str], charts: Mapping[str, str], cap: str, guarded: Guard
    ) -> None:
        self.model, self.texts, self.charts, self.cap = model, texts, charts, cap
        self.aim = Dropdown(description=texts["aim"])
        self.dimension = Dropdown(description=texts["dimension"])
        levels = [(charts[stage.value], stage.place) for stage in Stage]
        self.level = Dropdown(
            description=texts["place"], options=[(texts["as_it_is"], None), *levels], value=None
        )
        for name, widget in (("aim", self.aim), ("dimension", self.dimension), ("level", self.level)):
            widget.observe(guarded(self._chosen(name)), names="value")
        self.fewest, self.tried = HTML(), HTML()
        head = HTML(heading(texts["heading"]) + paragraph(texts["read"], "lf-quiet"))
        self.box = boxed(
            [
                head,
                boxed([self.aim], "lf-form"),
                self.fewest,
                HTML(heading(texts["try"], 3)),
                boxed([self.dimension, self.level], "lf-pair"),
                self.tried,
            ],
            "lf-card",
            "lf-what-if",
        )

    def _chosen(self, name: str) -> Callable[[Any], None]:
        def chosen(change: Any) -> None:
            if change.new is not None or name == "level":
                setattr(self.model, name, change.new)

        return chosen

    def refresh(self) -> None:
        """Redraw from the model."""
        model = self.model
        shown(self.box, model.today is not None)
        if model.today is None:
            for told in (self.fewest, self.tried):
                put(told, "")
            for choice in (self.aim, self.dimension):
                _offer(choice, [], "")
            return
        names = self._names()
        _offer(self.aim, [(self.charts[stage.value], stage.value) for stage in model.aims], model.aim)
        _offer(self.dimension, [(names[name], name) for name in model.movable], model.dimension)
        put(self.level, model.level)
        shown(self.aim, bool(model.aim))
        put(self.fewest, f'<div role="status">{self._fewest(names)}</div>')
        put(self.tried, f'<div role="status">{self._tried(names)}</div>')

    def _names(self) -> dict[str, str]:
        return {row["id"]: row["name"] for row in self.model.body["dimensions"]}

    def _fewest(self, names: Mapping[str, str]) -> str:
        model, texts = self.model, self.texts
        if not model.aim:
            return paragraph(texts["reached"])
        moves = model.fewest()
        if moves is None:
            return paragraph(texts["unknown"])
        if not moves:
            return paragraph(texts["reached"])
        count = texts["fewest_one" if len(moves) == 1 else "fewest_many"].format(count=len(moves))
        lines = []
        for name, level in moves.items():
            end = self.charts[Stage.at(level).value]
            move = texts["move"].format(
                start=place_near(float(model.places[name] or 0), self.charts), end=end
            )
            like = texts["like"].format(option=model.option(name, level))
            lines.append(
                f"<p><strong>{escape(names[name])}</strong> {escape(move)}<br>"
                f'<span class="lf-quiet lf-small">{escape(like)}</span></p>'
            )
        after = texts["gives"].format(place=self._place(model.standing.moved(moves)))
        return f"<p><strong>{escape(count)}</strong></p>{listing(lines)}{paragraph(after)}"

    def _tried(self, names: Mapping[str, str]) -> str:
        model, texts = self.model, self.texts
        tried = model.tried()
        if tried is None or model.today is None:
            return paragraph(texts["untried"], "lf-quiet")
        n = model.body.get("n") or 0
        told = rounded(tried, n)
        labels = {**self.charts, "wanted": texts["tried"]}
        drawn = result.responsive(
            lambda layout: continuum_svg(
                model.today, told, layout=layout, texts=labels, key=f"what-if-{layout}"
            )
        )
        form = texts["stands" if n >= NUMBERS_FROM else "stands_words"]
        low, high = result.value(told["low"], ""), result.value(told["high"], "")
        said = [form.format(place=self._place(tried), low=low, high=high)]
        low_gates = tried.failed_gates or (model.lacking(tried.next_stage) if tried.next_stage else ())
        gates = ", ".join(names.get(name, name) for name in low_gates)
        if tried.failed_gates:
            said.append(self.cap.format(stage=self.charts[tried.stage.value], dimensions=gates))
        elif low_gates and tried.next_stage:
            said.append(
                texts["gate_next"].format(stage=self.charts[tried.next_stage.value], dimensions=gates)
            )
        else:
            said.append(texts["gates_hold"])
        return drawn + paragraph(" ".join(said))

    def _place(self, position: Position) -> str:
        return (
            place(position.as_dict(), self.charts)
            if not position.failed_gates
            else self.charts[position.stage.value]
        )


def rounded(position: Position, n: int) -> dict[str, Any]:
    """A position that was worked out from told places, no more exact than a room of ``n`` people is told."""
    step = position_step(n)
    told = position.as_dict()
    for name in ("score", "low", "high"):
        told[name] = float(nearest(_fraction(told[name]) / step) * step)
    return told


def _fraction(value: object) -> Fraction:
    return Fraction(float(str(value))).limit_denominator(10**6)


def _offer(widget: Dropdown, options: list[tuple[str, str]], chosen: str) -> None:
    """Give a list its options, where they differ, and its choice."""
    if tuple(widget.options) != tuple(options):
        with widget.hold_trait_notifications():
            widget.options = options
    if options and widget.value != chosen:
        widget.value = chosen
