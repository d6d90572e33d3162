"""After the learner survey: thanks, what happens with it, how many are in, and what stays possible."""

from __future__ import annotations

from dataclasses import replace

from learnerfirst import content
from learnerfirst.pages.learner_power.words import day_words
from learnerfirst.pages.own_result import OwnResult
from learnerfirst.serving.participants.own import OwnAsked
from learnerfirst.serving.participants.own.plain import plain
from learnerfirst.workshops.campaign_values import counted_down


def learner_survey(asked: OwnAsked) -> OwnResult:
    """Words, and the own answers to look at; numbers of people in steps of five."""
    words = content.texts("purposes")["own"]
    count = counted_down(asked.workshops.count(asked.workshop.code, asked.activity.id))
    erase = asked.workshops.erase_on(asked.workshop)
    rights = (
        words["survey_rights"].format(erase_date=day_words(erase)) if erase else words["survey_rights_open"]
    )
    so_far = words["survey_count"].format(count=count) if count else words["survey_first"]
    notes = (str(words["survey_use"]), so_far, rights)
    return replace(plain(asked), headline=words["survey_headline"], notes=notes)
