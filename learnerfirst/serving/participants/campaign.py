"""What a link shows beside its questions: the door for one-time codes; of a campaign, before its first day and after its last."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from learnerfirst import content
from learnerfirst.pages.learner_power import result
from learnerfirst.pages.learner_power.words import day_words, finding
from learnerfirst.serving.participants.lookup import LookupHandler
from learnerfirst.serving.participants.rounds import Round
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.campaigns import read_ticket

TICKET_COOKIE = "lf_people_ticket"
SENT = "sent"


class CampaignPages(LookupHandler):
    """Doors and pages of campaigns, without any script: handlers of ``/quiz/NAME`` and ``/join/CODE`` inherit them."""

    def ticket(self, found: Round) -> str:
        """The one-time code that this browser came in with, or ``sent``, or nothing."""
        return self.get_cookie(_cookie(found), "") or ""

    def keep_ticket(self, found: Round, ticket: str) -> None:
        """Keep a code until it is spent, for this activity and this session of the browser alone."""
        path = f"{self.room.options.prefix}/{found.where}/{found.path}"
        self.set_cookie(
            _cookie(found), ticket, **{**self.cookie_settings(), "path": path, "samesite": "Strict"}
        )

    async def campaign_page(self, found: Round) -> bool:
        """Show what stands in place of the questions; False where the questions come now."""
        if await self.needs_code(found):
            self.door(found)
            return True
        if found.campaign is None or found.state == "open":
            return False
        told = await self.room.call(told_of, self.room.workshops, found)
        if found.state == "closed" and not told["heard"]:
            self.set_status(410)
        self.page("campaign.html", found=found, c=words(), told=told)
        return True

    async def needs_code(self, found: Round) -> bool:
        """Whether this is open only to those with a code, and this browser holds none that counts and sent nothing."""
        if found.state != "open" or not found.by_code:
            return False
        ticket = "" if self.get_query_argument("again", None) is not None else self.ticket(found)
        if ticket == SENT:
            return False
        return not ticket or not await self.room.call(self.holds, found, ticket)

    def holds(self, found: Round, ticket: str) -> bool:
        """Whether a code counts for what is open now."""
        activity = None if found.campaign or found.activity is None else found.activity.id
        return self.room.workshops.code_holds(found.workshop.code, ticket, activity)

    def door(self, found: Round, typed: str = "", wrong: str = "") -> None:
        """Ask for the one-time code."""
        _ = self.xsrf_token
        self.page("door.html", found=found, c=door_words(found), typed=typed, wrong=wrong)


class Door(CampaignPages):
    """``POST .../code``: a one-time code, typed or out of the link, lets this browser in."""

    def initialize(self, where: str) -> None:
        """``where``: "join" or "quiz"."""
        self.where = where

    async def post(self, text: str) -> None:
        """On to the questions; a code that does not count is named beside the field, and counts as a guess."""
        found = await self.find(self.where, text)
        typed = self.get_body_argument("ticket", "")[:40]
        if not found.by_code or not await self.room.call(self.holds, found, typed):
            self.room.failures.take(self.network)
            self.set_status(404)
            self.door(found, typed, door_words(found)["code_wrong"])
            return
        self.keep_ticket(found, read_ticket(typed))
        self.redirect(f"{self.room.options.prefix}/{self.where}/{found.path}", status=303)


def _cookie(found: Round) -> str:
    """A name for each activity: what stands beside a workshop lies below its path and would get its cookie, too."""
    return TICKET_COOKIE if found.campaign or not found.activity else f"{TICKET_COOKIE}_{found.activity.id}"


def words() -> Mapping[str, Any]:
    """The words of these pages."""
    found: Mapping[str, Any] = content.texts("campaign")["people"]
    return found


def door_words(found: Round) -> Mapping[str, Any]:
    """The same, with those of the door that are other ones for this purpose."""
    return {**words(), **content.texts("purposes")["door"].get(found.purpose.id, {})}


def told_of(workshops: Workshops, found: Round) -> dict[str, Any]:
    """What may be told about a campaign before its first and after its last day, in words."""
    texts, workshop = words(), found.workshop
    names = {
        "opens": day_words(workshop.opens),
        "closes": day_words(workshop.expires),
        "erase": day_words(workshops.erase_on(workshop)),
    }
    told: dict[str, Any] = {"heard": None, "finding": "", "who": "", "picture": "", "corrections": []}
    if found.state == "ahead":
        return {
            **told,
            "title": texts["ahead_title"].format(**names),
            "hint": texts["ahead_hint"].format(**names),
        }
    hint = texts["erased_hint" if workshops.erased(workshop) else "over_hint"].format(**names)
    told |= {"title": texts["over_title"].format(**names), "hint": hint}
    heard = workshops.heard(workshop.code)
    shown = workshops.release(workshop.code, workshops.asked_activity(workshop.code).id)
    if heard is None or not heard.body["shown"] or shown is None:
        return told
    return {**told, **_picture(shown.body), "who": _who(shown.body, found, texts), "heard": heard.body,
            "corrections": _corrections(workshops, workshop.code, texts)}  # fmt: skip


def _picture(release: Mapping[str, Any]) -> dict[str, str]:
    power, charts = content.texts("learner_power"), content.texts("charts")
    stage_names = {stage: charts[stage] for stage in result.STAGES}
    drawn = result.where(release, {**power["reveal"], "stage_names": stage_names}, charts)
    return {"finding": finding(release, power["finding"], charts), "picture": drawn}


def _who(release: Mapping[str, Any], found: Round, texts: Mapping[str, Any]) -> str:
    invited = found.campaign.invited if found.campaign else 0
    n = release.get("n") or 0
    if not 0 < n <= invited:
        return str(texts["who"].format(people=release["n_words"]))
    return str(
        texts["who_of"].format(people=release["n_words"], invited=invited, rate=round(100 * n / invited))
    )


def _corrections(workshops: Workshops, code: str, texts: Mapping[str, Any]) -> list[str]:
    return [
        texts["correction"].format(
            day=day_words(each.day), before=each.before, after=each.after, reason=each.reason
        )
        for each in workshops.corrections(code)
    ]
