"""Step three: how many answers are in, close, reveal, or ask again from the start."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML, Button, Dropdown

from learnerfirst.pages.learner_power.model import LearnerPowerModel
from learnerfirst.pages.learner_power.timer import TimerControl
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.theme import boxed, put, shown

FORMS = ("pulse", "quick", "long")


def count_words(count: int, texts: Mapping[str, str], prefix: str = "heading", answering: int = 0) -> str:
    """The count as a sentence: none, one, or the number; with those who are still ``answering`` where there are any.

    >>> count_words(9, {"heading_among": "{count} of {total} are in, {answering} still answering"}, answering=3)
    '9 of 12 are in, 3 still answering'
    """
    if answering:
        known = {0: "none", 1: "one"}.get(count, "many")
        name = f"{prefix}_among" if known == "many" else f"{prefix}_among_{known}"
        return texts[name].format(count=count, total=count + answering, answering=answering)
    known = {0: "none", 1: "one"}.get(count, "many")
    return texts[f"{prefix}_{known}"].format(count=count)


class AnswersStep:
    """Owns the live count and what may be done with the answers."""

    def __init__(
        self,
        model: LearnerPowerModel,
        texts: Mapping[str, Any],
        guarded: Callable[[Callable[..., Any]], Callable[..., Any]],
    ) -> None:
        self.model, self.texts = model, texts
        self.live, self.state, self.wait = HTML(), HTML(), HTML()
        self.live.add_class("lf-live")
        self.reveal = self._button("reveal", guarded(lambda _: model.reveal()), "lf-primary")
        self.close = self._button("close", guarded(lambda _: model.close_answers()))
        self.reopen = self._button("reopen", guarded(lambda _: model.reopen_answers()))
        self.reset = self._button("reset", guarded(lambda _: model.ask_reset()), "lf-danger")
        self.question = HTML()
        self.yes = self._button("reset_yes", guarded(lambda _: model.reset()), "lf-danger")
        self.no = self._button("reset_no", guarded(lambda _: model.keep()))
        self.timer = TimerControl(model, texts, guarded)
        self.confirm = boxed([self.question, boxed([self.yes, self.no], "lf-actions")], "lf-confirm")
        actions = boxed([self.reveal, self.close, self.reopen, self.reset], "lf-actions", "lf-centred")
        self.form = Dropdown(
            description=texts["round_form"], options=[(texts[f"form_{one}"], one) for one in FORMS]
        )
        self.form.value = "pulse"
        self.again = self._button("round", guarded(lambda _: model.ask_new_round(self.form.value)))
        self.round_head = HTML()
        self.round = boxed([self.round_head, self.form, self.again], "lf-card", "lf-form")
        inside = [self.live, self.state, self.wait, actions, self.confirm, self.timer.box]
        self.asked = boxed(inside, "lf-card")
        self.box = boxed([self.asked, self.round], "lf-step")

    def _button(self, text: str, callback: Callable[..., Any], *names: str) -> Button:
        button = Button(description=self.texts[text])
        for name in names:
            button.add_class(name)
        button.on_click(callback)
        return button

    def refresh(self) -> None:
        """Redraw from the model."""
        model, texts = self.model, self.texts
        activity = model.activity
        big = f'<p class="lf-count" aria-hidden="true">{model.count}</p>'
        put(
            self.live,
            f'<div role="status">{big}<h2>{escape(count_words(model.count, texts, answering=model.answering))}</h2></div>',
        )
        put(self.state, paragraph(self._state(), "lf-quiet"))
        put(self.wait, self._wait())
        self.timer.refresh()
        revealed = model.release is not None
        is_open = activity is not None and activity.state == "open" and not revealed
        shown(self.reveal, activity is not None and not revealed)
        self.reveal.disabled = not model.can_reveal
        name = texts["show_again" if model.hidden_again else "reveal"]
        if self.reveal.description != name:
            self.reveal.description = name
        shown(self.close, is_open)
        shown(self.reopen, activity is not None and activity.state == "closed" and not revealed)
        shown(self.reset, activity is not None and (model.count > 0 or revealed) and not model.confirming)
        self._refresh_round(revealed)
        shown(self.confirm, model.confirming == "reset")
        if model.workshop is not None:
            question = texts["reset_question"].format(count=model.count, code=model.workshop.code)
            put(
                self.question,
                f'<div class="lf-note lf-warn" role="alert">{paragraph(question)}</div>'
                if model.confirming
                else "",
            )

    def _refresh_round(self, revealed: bool) -> None:
        """Ask once more after a reveal; in a workshop that began without the quiz, ask it."""
        texts, first = self.texts, self.model.activity is None
        shown(self.asked, not first)
        shown(self.round, revealed or first)
        said = heading(texts["first_heading" if first else "round_heading"])
        put(self.round_head, said + (paragraph(texts["first_text"], "lf-quiet") if first else ""))
        name = texts["first" if first else "round"]
        if self.again.description != name:
            self.again.description = name
            put(self.form, "quick" if first else "pulse")

    def _wait(self) -> str:
        """Wait or reveal: what either means, while somebody is still answering."""
        model, texts = self.model, self.texts
        if not model.can_reveal or not model.answering:
            return ""
        words = texts["wait_one" if model.answering == 1 else "wait"].format(answering=model.answering)
        return f'<div class="lf-note">{paragraph(words)}</div>'

    def _state(self) -> str:
        model, texts = self.model, self.texts
        if model.release is not None:
            return str(texts["revealed"])
        if model.hidden_again:
            return str(texts["hidden_again"])
        closed = model.activity is not None and model.activity.state == "closed"
        said = [texts["closed"]] if closed else []
        if model.anonymous and model.missing:
            said.append(texts["need_one" if model.missing == 1 else "need"].format(missing=model.missing))
        elif model.anonymous:
            said.append(texts["enough"])
        if not closed and not model.count:
            said.append(texts["waiting"])
        return " ".join(said)
