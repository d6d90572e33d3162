"""Own answers without a result: what was sent, question by question."""

from __future__ import annotations

from dataclasses import replace

from learnerfirst import content
from learnerfirst.pages.own_result import OwnResult, choices
from learnerfirst.serving.participants.own import OwnAsked
from learnerfirst.serving.participants.own.fills import fills_of


def plain(asked: OwnAsked) -> OwnResult:
    """The list of what was answered; for every purpose that has no view of its own."""
    quiz = asked.questionnaire
    sheet = quiz.for_front_end(fills_of(asked.workshop))
    texts = content.texts("participant", quiz.language)["result"]
    words = content.texts("purposes")
    return OwnResult(
        words["own"]["plain"],
        choices=tuple(choices(asked.answers, sheet, texts)),
        status=quiz.status,
        credit=quiz.credit,
        language=quiz.language,
        title=words["names"].get(asked.activity.purpose, quiz.title),
    )


def entry(asked: OwnAsked) -> OwnResult:
    """What is up under one's name."""
    words = content.texts("purposes")["own"]
    return replace(plain(asked), headline=words["named_headline"], notes=(str(words["named_note"]),))


def pulse(asked: OwnAsked) -> OwnResult:
    """Two taps are in."""
    return replace(plain(asked), headline=content.texts("purposes")["own"]["pulse_headline"])
