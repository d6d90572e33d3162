"""What a code shows right now: nothing yet, a questionnaire, or a closed door; remembered for a second."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from learnerfirst import content
from learnerfirst.errors import UnknownCode
from learnerfirst.pages.learner_power.words import day_words
from learnerfirst.questionnaire import Questionnaire
from learnerfirst.serving.participants.assets import Packed, packed
from learnerfirst.serving.participants.options import Options
from learnerfirst.serving.participants.own.fills import fills_of
from learnerfirst.workshops import Activity, Campaign, Purpose, Workshop, Workshops, normal_code, purpose_of
from learnerfirst.workshops.codes import QUIZ_PREFIX
from learnerfirst.workshops.leader_count import COUNT
from learnerfirst.workshops.leader_vote import VOTE, LeaderVotes
from learnerfirst.workshops.purposes import OFFERED, PURPOSES

_CODE = re.compile(r"[A-HJ-NP-Z]{4,6}")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,62}")
_ASIDE = re.compile(r"(.{1,40})/at/([\w-]{1,60})")


@dataclass(frozen=True)
class Round:
    """One workshop or quiz as its participants see it: ``state`` is waiting, ahead, open or closed.

    ``aside``: the activity that this address is about, where it stands beside what the workshop asks now.
    """

    where: str
    code: str
    state: str
    workshop: Workshop
    activity: Activity | None = None
    questionnaire: Questionnaire | None = None
    sheet: Packed | None = None
    campaign: Campaign | None = None
    picture: str | None = None
    aside: str = ""

    @property
    def path(self) -> str:
        """What follows ``/join/`` or ``/quiz/`` in the address."""
        return f"{self.code}/at/{self.aside}" if self.aside else self.code

    @property
    def purpose(self) -> Purpose:
        """What it is asked for."""
        return purpose_of(self.activity) if self.activity else purpose_of("learner_power")

    @property
    def revealed(self) -> bool:
        """Whether something was shown in the room, so that there is something to take home."""
        return self.where == "join" and any(one.state == "revealed" for one in self.workshop.activities)

    @property
    def by_code(self) -> bool:
        """Whether everyone needs a one-time code."""
        if self.campaign is not None:
            return self.campaign.access == "codes"
        return self.activity is not None and self.activity.access == "codes"

    def shown(self, prefix: str, left: int | None = None) -> dict[str, object]:
        """What the front end needs to know, JSON-able; ``left``: seconds that the timer still runs."""
        base = f"{prefix}/{self.where}/{self.path}"
        return {
            "state": self.state,
            "activity": self.activity.id if self.activity else None,
            "sheet": f"{base}/{self.sheet.name}" if self.sheet else None,
            "mark": self.workshop.room == "open" and self.purpose.reveal,
            "changes": self.purpose.changes == OFFERED,
            "plan": f"{base}/plan" if self.revealed and not self.aside else None,
            "left": left,
            "picture": self.picture,
            "kind": self.workshop.kind,
        }


class Rounds:
    """Looks codes up in the store, at most once per ``options.state_age`` seconds each; thread-safe."""

    def __init__(self, workshops: Workshops, texts: Mapping[str, Any], options: Options) -> None:
        self._workshops, self._texts, self._options = workshops, texts, options
        self._known: dict[tuple[str, str], tuple[float, Round]] = {}
        self._sheets: dict[tuple[object, ...], tuple[Questionnaire, Packed]] = {}
        self._lock = threading.Lock()

    def remembered(self, where: str, text: str) -> Round | None:
        """The round, if it was looked up a moment ago; asks no store."""
        then, found = self._known.get((where, clean(where, text)), (0.0, None))
        return found if time.monotonic() - then < self._options.state_age else None

    def find(self, where: str, text: str) -> Round:
        """The round of a code ("join") or a name ("quiz") as someone typed it; UnknownCode if there is none."""
        code = clean(where, text)
        name, _at, aside = code.partition("/at/")
        if not (_CODE if where == "join" else _NAME).fullmatch(name):
            raise UnknownCode(f"{text[:20]!r} is not the shape of a code")
        found = self._beside(name, aside) if aside else self._look_up(where, name)
        with self._lock:
            if len(self._known) > 2000:
                self._known.clear()
            self._known[where, code] = (time.monotonic(), found)
        return found

    def _beside(self, code: str, aside: str) -> Round:
        """What is asked beside the others, open or closed; UnknownCode where there is no such thing."""
        workshop = self._workshops.get(code)
        activity = workshop.activity(aside)
        if activity is None or not activity.aside:
            raise UnknownCode(f"Workshop {code} has nothing under {aside[:40]!r} (any more).")
        if activity.state != "open" or self._workshops.expired(workshop):
            return Round("join", code, "closed", workshop, activity, aside=aside)
        quiz, sheet = self._sheet(workshop, activity)
        return Round("join", code, "open", workshop, activity, quiz, sheet, aside=aside)

    def _look_up(self, where: str, code: str) -> Round:
        workshop = self._workshops.get(code) if where == "join" else self._workshops.quiz(code)
        activity = workshop.current
        expired = self._workshops.expired(workshop)
        campaign = self._workshops.find_campaign(workshop.code) if where == "quiz" else None
        if self._workshops.ahead(workshop):
            return Round(where, code, "ahead", workshop, activity, campaign=campaign)
        if where == "join" and activity is not None and activity.state == "revealed" and not expired:
            return self._revealed(code, workshop, activity)
        if activity is None or activity.state != "open" or expired:
            state = "closed" if workshop.activities or expired else "waiting"
            picture = self._counted(workshop, activity) if where == "join" else None
            return Round(where, code, state, workshop, activity, campaign=campaign, picture=picture)
        quiz, sheet = self._sheet(workshop, activity)
        return Round(where, code, "open", workshop, activity, quiz, sheet, campaign)

    def _counted(self, workshop: Workshop, activity: Activity | None) -> str | None:
        """What a closed vote shows everybody: its count, once there is one."""
        if activity is None or activity.purpose != VOTE:
            return None
        return COUNT if LeaderVotes(self._workshops, workshop.code).counted(activity.id) else None

    def _revealed(self, code: str, workshop: Workshop, activity: Activity) -> Round:
        """What was shown, by its version; who comes late can still answer, for themself."""
        release = self._workshops.release(workshop.code, activity.id)
        if release is None:
            return Round("join", code, "closed", workshop, activity)
        quiz, sheet = self._sheet(workshop, activity)
        version = str(release.version)
        return Round("join", code, "revealed", workshop, activity, quiz, sheet, picture=version)

    def _sheet(self, workshop: Workshop, activity: Activity) -> tuple[Questionnaire, Packed]:
        key = (
            replace(activity, ends=0),
            workshop.referent,
            workshop.wanted_by,
            workshop.room,
            workshop.topics,
            self._workshops.erase_on(workshop),
            self._workshops.asked_as(workshop.code),
            self._workshops.questionnaire_version(activity.questionnaire),
        )
        with self._lock:
            if key not in self._sheets:
                if len(self._sheets) > 200:
                    self._sheets.clear()
                self._sheets[key] = self._build(workshop, activity)
            return self._sheets[key]

    def _build(self, workshop: Workshop, activity: Activity) -> tuple[Questionnaire, Packed]:
        quiz = self._workshops.questionnaire(workshop.code, activity.id)
        purpose = purpose_of(activity)
        sheet: dict[str, Any] = {
            "sheet": quiz.for_front_end(fills_of(workshop)),
            "texts": {**self._texts["form"], **form_words(purpose)},
            "consent": consent_of(
                quiz, self._texts, workshop.room, day_words(self._workshops.erase_on(workshop)), purpose
            ),
            "changes": purpose.changes == OFFERED,
        }
        if activity.state == "revealed":
            sheet["consent"] = {
                **sheet["consent"],
                "room": content.texts("live_room")["phone"]["late_consent"],
            }
        sheet["guess"] = self._guess(workshop, activity)
        text = json.dumps(sheet, ensure_ascii=False, separators=(",", ":"), default=dict)
        return quiz, packed("sheet.json", text.encode(), "application/json")

    def _guess(self, workshop: Workshop, activity: Activity) -> list[dict[str, Any]]:
        """The questions about the room that follow one's own answers; none in lasting quizzes."""
        if workshop.code.startswith(QUIZ_PREFIX) or activity.state != "open":
            return []
        asked = self._workshops.guess_questions(workshop, activity)
        return [
            {"stem": one.stem, "options": [{"id": each.id, "text": each.text} for each in one.options]}
            for one in asked
        ]


def clean(where: str, text: str) -> str:
    """A code or name as typed, in its one spelling; what stands beside a workshop keeps its ``/at/``.

    >>> clean("join", " bcd-fg "), clean("quiz", "Tea-Time"), clean("join", "bcdfg/at/intro-2")
    ('BCDFG', 'tea-time', 'BCDFG/at/intro-2')
    """
    if where != "join":
        return text.strip().lower()
    aside = _ASIDE.fullmatch(text)
    code = normal_code((aside[1] if aside else text)[:40]).replace("/", "")
    return f"{code}/at/{aside[2]}" if aside else code


def form_words(purpose: Purpose) -> dict[str, str]:
    """Words around the questions that differ from the usual ones, by purpose."""
    words = content.texts("purposes")["form"]
    found: dict[str, str] = {}
    for name in (purpose.changes, purpose.pocket, purpose.id):
        found |= words.get(name, {})
    return found


def consent_of(
    quiz: Questionnaire,
    texts: Mapping[str, Any],
    room: str,
    erase_date: str = "",
    purpose: Purpose = PURPOSES["learner_power"],
) -> dict[str, object]:
    """What is shown before the first question: the questionnaire's own text where it has one, else ours.

    Without an ``erase_date`` (a lasting quiz without an end) nothing is said about one. With ``skip`` it stands below
    the first questions and has no screen of its own.
    """
    ours = texts["consent"]
    by_purpose = content.texts("purposes")["consent"]
    own = by_purpose.get(purpose.id) or by_purpose.get(purpose.pocket) or {}
    text = str(quiz.extras.get("consent") or own.get("text") or ours["text"])
    sentences = [
        one.replace("{erase_date}", erase_date)
        for one in re.split(r"(?<=[.!?]) ", text)
        if erase_date or "{erase_date}" not in one
    ]
    more = quiz.extras.get("consent_more") or own.get("more") or ours["more"]
    return {
        "title": ours["title"],
        "text": " ".join(sentences),
        "room": texts["rooms"].get(room, "") if purpose.reveal else "",
        "more": [*(more if isinstance(more, list | tuple) else ours["more"])],
        "choices": [{"keep": True, "label": ours["agree"]}],
        "skip": not purpose.consent,
    }
