"""The live room's own requests: the picture that was revealed, a guess about the room, a result for who comes late."""

from __future__ import annotations

from collections.abc import Mapping

import tornado.web

from learnerfirst.errors import InvalidAnswers, NotOpen
from learnerfirst.pages.community.leader.vote_words import phone_card
from learnerfirst.pages.own_result import OwnResult
from learnerfirst.pages.room_picture import room_piece
from learnerfirst.serving.participants.api import ApiHandler
from learnerfirst.serving.participants.results import result_of
from learnerfirst.serving.participants.rounds import Round
from learnerfirst.workshops.leader_vote import VOTE, LeaderVotes


class Picture(ApiHandler):
    """``GET .../picture``: what the projector shows after the reveal, or after a vote, from the same frozen release."""

    async def get(self, text: str) -> None:
        """404 before the reveal, and while it is hidden again."""
        found = await self.find(self.where, text)
        if found.picture is None or found.activity is None:
            raise tornado.web.HTTPError(404)
        html = await self.room.call(self.draw, found)
        self.reply(version=found.picture, html=html)

    def draw(self, found: Round) -> str:
        """The picture, drawn once a version."""
        key = (found.code, found.activity.id if found.activity else "", found.picture)
        drawn: dict[object, str] = self.room.pictures
        if key not in drawn:
            piece = self.piece(found, str(key[1]))
            if piece is None:
                raise tornado.web.HTTPError(404)
            if len(drawn) > 100:
                drawn.clear()
            drawn[key] = piece
        return drawn[key]

    def piece(self, found: Round, activity: str) -> str | None:
        """The room's picture after the reveal, or the count of a vote; None where there is nothing (any more)."""
        workshops, code = self.room.workshops, found.workshop.code
        if found.purpose.id == VOTE:
            count = LeaderVotes(workshops, code).counted(activity)
            return None if count is None else phone_card(count, 2)
        release = workshops.release(code, activity)
        return None if release is None else room_piece(release.body)


class Guess(ApiHandler):
    """``POST .../guess``: a guess about the room, under an id of its own that the sender forgets."""

    async def post(self, text: str) -> None:
        """410 once the round is closed; the same id sent again counts once."""
        body = self.read()
        key, activity, places = self.key(body), self.activity(body), body.get("guess")
        if not isinstance(places, dict):
            raise InvalidAnswers("a guess has two places")
        if not self.room.submissions.take(self.network):
            raise tornado.web.HTTPError(429)
        found = await self.find(self.where, text)
        await self.room.call(self.room.workshops.guess, found.workshop.code, activity, key, places)
        self.reply(saved=True)


class Late(ApiHandler):
    """``POST .../late``: the own result of who answers after the reveal, to stand beside the picture."""

    async def post(self, text: str) -> None:
        """Nothing is stored. 410 where nothing is shown that it could stand beside."""
        body = self.read()
        activity, answers = self.activity(body), body.get("answers")
        if not isinstance(answers, dict):
            raise tornado.web.HTTPError(422)
        if not self.room.submissions.take(self.network):
            raise tornado.web.HTTPError(429)
        found = await self.find(self.where, text)
        own = await self.room.call(self.result, found, activity, answers)
        self.reply(saved=False, html=own.html(), document=own.document())

    def result(self, found: Round, activity: str, answers: Mapping[str, object]) -> OwnResult:
        """The result of checked answers; InvalidAnswers names all faults."""
        workshops = self.room.workshops
        workshop = workshops.get(found.workshop.code)
        if workshops.activity(workshop.code, activity).state != "revealed":
            raise NotOpen("nothing is shown that a late result could stand beside")
        checked = workshops.questionnaire(workshop.code, activity).validate(answers)
        return result_of(workshops, workshop, activity, checked)
