"""The own result of the learner-power quiz: where one stands, what holds back, what to do next."""

from __future__ import annotations

from learnerfirst.pages.own_result import OwnResult, own_result
from learnerfirst.serving.participants.own import OwnAsked
from learnerfirst.serving.participants.own.fills import fills_of
from learnerfirst.workshops.campaign_values import without_groups


def learner_power(asked: OwnAsked) -> OwnResult:
    """The position in words and as a picture; for another questionnaire the list of answers."""
    topics = {
        topic.id: {"name": topic.name, "compulsory": topic.compulsory, "tracked": topic.tracked}
        for topic in asked.workshop.topics
    }
    return own_result(
        without_groups(asked.answers),
        asked.questionnaire,
        form=asked.activity.form,
        fills=fills_of(asked.workshop),
        topics=topics or None,
    )
