"""The self-serve quiz: questions, own result and plan in one page; answers are stored only with consent."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ipywidgets import HTML, VBox
from traitlets import HasTraits
from traitlets import Instance as Holds

from learnerfirst import content
from learnerfirst.errors import InvalidAnswers
from learnerfirst.pages.guard import Notice, guard
from learnerfirst.pages.handover import SELF_SERVE, Reception
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.own_result import own_result
from learnerfirst.pages.questionnaire_widget import QuestionnaireWidget
from learnerfirst.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of a sent questionnaire; ``attempt`` makes each a change, so that one lost on the way comes again."""

    phase: str
    message: str = ""
    html: str = ""
    document: str = ""
    attempt: str = ""


class SelfServeModel(HasTraits):
    """Takes answers, works out the result, and hands them over to the participant process if that was wished."""

    settled = Holds(Settled, allow_none=True)

    def __init__(
        self,
        questionnaire: Questionnaire,
        reception: Reception,
        *,
        referent: str = "team",
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__()
        self.questionnaire = questionnaire.in_form(None)
        self.reception, self.today = reception, today
        self.texts = content.texts("self_serve", questionnaire.language)
        months = content.texts("participant", questionnaire.language)["months"]
        day = today()
        self.fills = {"referent": referent, "month_year": f"{months[day.month - 1]} {day.year + 1}"}

    def blockers(self) -> list[str]:
        """Nothing has to be done before the first question."""
        return []

    def take(self, submission: Mapping[str, Any]) -> None:
        """Sets ``settled``: the result with what became of storing it; refused where answers do not fit."""
        words, attempt = self.texts["messages"], str(submission.get("attempt", ""))
        try:
            answers = self.questionnaire.validate(submission.get("answers"))
        except InvalidAnswers:
            self.settled = Settled("refused", words["invalid"], attempt=attempt)
            return
        result = own_result(answers, self.questionnaire, fills=self.fills, start=self.today())
        phase, message = "shown", ""
        if submission.get("keep"):
            phase = self.reception.hand_over(
                str(submission["id"]), answers, float(submission.get("seconds") or 0)
            ).phase
            message = words.get(phase, "")
        self.settled = Settled(
            "shown" if phase == "refused" else phase, message, result.html(), result.document(), attempt
        )


class SelfServePage:
    """Owns the widgets of the page; ``box`` is what a notebook shows."""

    def __init__(self, model: SelfServeModel) -> None:
        self.model = model
        words, consent = model.texts["page"], model.texts["consent"]
        self.notice = Notice()
        self._take = guard(self.notice, words)(model.take)
        self.widget = QuestionnaireWidget(
            model.questionnaire,
            fills=model.fills,
            texts=_with_address(model.texts["form"]),
            consent={
                "title": consent["title"],
                "text": consent["text"],
                "more": list(consent["more"]),
                "choices": [
                    {"keep": True, "label": consent["keep"]},
                    {"keep": False, "label": consent["only_show"]},
                ],
            },
            storage_key=f"learnerfirst.{SELF_SERVE}.{model.questionnaire.id}",
            submitted=self._on_submission,
        )
        self.widget.show_key = True
        head = HTML(heading(words["title"], 1) + paragraph(words["lead"]))
        self.box = VBox([head, self.notice.box, self.widget])
        self.box.add_class("lf-self-serve")
        model.observe(self.refresh, "settled")

    def _on_submission(self, submission: Mapping[str, Any]) -> None:
        """Take it; if that failed, say so where the person looks, too: the front end keeps the answers."""
        self._take(submission)
        done = self.model.settled
        if done is None or done.attempt != str(submission.get("attempt", "")):
            self.widget.settle("refused", self.model.texts["page"]["unexpected"])

    def refresh(self, _change: object = None) -> None:
        """Show what the model settled last."""
        done = self.model.settled
        if done is not None:
            self.widget.settle(done.phase, done.message, done.html, done.document)

    def close(self) -> None:
        """End what the page owns."""
        self.model.unobserve_all()
        for widget in (self.widget, self.notice.box, *self.box.children, self.box):
            widget.close()


def _with_address(texts: Mapping[str, str]) -> dict[str, str]:
    """The words, with the address where a key opens what was stored."""
    found = [os.environ.get(f"LEARNERFIRST_{name}") for name in ("JOIN_URL", "PUBLIC_URL", "PARTICIPANT_URL")]
    base = next((one for one in found if one), "")
    hint = texts["key_hint"].format(address=f"{base.rstrip('/')}/mine", quiz=SELF_SERVE)
    return {**texts, "key_hint": hint}


def page(questionnaire: str = "learner_power") -> SelfServePage:
    """The self-serve page of a questionnaire; its answers go to the participant process that serves with it."""
    asked = content.load_questionnaire(questionnaire)
    return SelfServePage(SelfServeModel(asked, Reception(f"quiz/{SELF_SERVE}")))
