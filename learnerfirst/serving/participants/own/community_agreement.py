"""After saying what one can live with of a working agreement: how many sentences one would change, and what happens next."""

from __future__ import annotations

from dataclasses import replace

from learnerfirst import content
from learnerfirst.pages.own_result import OwnResult
from learnerfirst.serving.participants.own import OwnAsked
from learnerfirst.serving.participants.own.plain import plain
from learnerfirst.workshops.community_agreement import CHANGE, FINE


def agreement(asked: OwnAsked) -> OwnResult:
    """The finding, what the group will see, and the own answers to look at."""
    words = content.texts("community_agreement")["own"]
    said = [asked.answers.get(one.id) for one in asked.questionnaire.questions if one.kind == "single"]
    change = said.count(CHANGE)
    name = "none" if not change and FINE not in said else "fine"
    if change:
        name = "change_one" if change == 1 else "change_many"
    return replace(plain(asked), headline=words[name].format(count=change), notes=(str(words["note"]),))
