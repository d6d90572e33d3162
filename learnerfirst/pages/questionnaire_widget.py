"""The questionnaire as a widget: the same front-end module that phones load, on an anywidget's model."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import anywidget
import traitlets

from learnerfirst import content
from learnerfirst.pages.questionnaire_source import STATIC, questionnaire_module
from learnerfirst.questionnaire import Questionnaire


def scoped_css() -> str:
    """The questionnaire's styles, with the tokens and parts of ``look.css`` kept inside it.

    A notebook page has styles of its own; nothing here reaches outside the widget.
    """
    look = (STATIC / "look.css").read_text("utf-8")
    tokens = re.search(r":root \{(.*?)\n\}", look, re.S)
    parts = look[tokens.end() :] if tokens else look
    parts = re.sub(r"(?m)^(html|body) \{.*\}$", "", parts)
    inner = f".lf-questionnaire {{\n{tokens[1] if tokens else ''}\n{parts}\n}}"
    return inner + (STATIC / "questionnaire.css").read_text("utf-8")


class QuestionnaireWidget(anywidget.AnyWidget):
    """Asks the questions of ``questionnaire``; ``submitted(submission)`` is called when a person sends them.

    ``submission``: ``{"id", "answers", "seconds", "keep", "attempt"}``; the browser sends it again with the same id
    until :meth:`settle` says that it arrived. No answer key and no other person's data is ever put into it.
    """

    _esm = questionnaire_module()
    _css = scoped_css()
    sheet = traitlets.Dict().tag(sync=True)
    texts = traitlets.Dict().tag(sync=True)
    consent = traitlets.Dict().tag(sync=True)
    settings = traitlets.Dict().tag(sync=True)
    storage_key = traitlets.Unicode("").tag(sync=True)
    recall = traitlets.Unicode("").tag(sync=True)
    show_key = traitlets.Bool(False).tag(sync=True)
    submission = traitlets.Dict().tag(sync=True)
    outcome = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        questionnaire: Questionnaire,
        *,
        fills: Mapping[str, str] | None = None,
        consent: Mapping[str, Any] | None = None,
        storage_key: str = "",
        settings: Mapping[str, float] | None = None,
        texts: Mapping[str, str] | None = None,
        submitted: Callable[[Mapping[str, Any]], None] | None = None,
    ) -> None:
        words = content.texts("participant", questionnaire.language)["form"]
        super().__init__(
            sheet=questionnaire.for_front_end(fills or {}),
            texts={**words, **(texts or {})},
            consent=dict(consent or {}),
            settings=dict(settings or {}),
            storage_key=storage_key,
        )
        self._submitted = submitted
        self.observe(self._on_submission, "submission")

    def settle(self, phase: str, message: str = "", html: str = "", document: str = "") -> None:
        """Tell the front end what came of its submission: saved, shown (not stored), offline or refused."""
        known = self.submission
        self.outcome = {
            "id": known.get("id", ""),
            "attempt": known.get("attempt", ""),
            "phase": phase,
            "message": message,
            "html": html,
            "document": document,
        }

    def _on_submission(self, change: Mapping[str, Any]) -> None:
        if self._submitted is not None and change["new"].get("id"):
            self._submitted(change["new"])
