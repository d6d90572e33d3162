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
from learnerfirst.serving.participants.results import fills_of
from learnerfirst.workshops import Activity, Campaign, Workshop, Workshops, normal_code
from learnerfirst.workshops.codes import QUIZ_PREFIX

_CODE = re.compile(r"[A-HJ-NP-Z]{4,6}")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,62}")


@dataclass(frozen=True)
class Round:
    """One workshop or quiz as its participants see it: ``state`` is waiting, ahead, open or closed."""

    where: str
    code: str
    state: str
    workshop: Workshop
    activity: Activity | None = None
    questionnaire: Questionnaire | None = None
    sheet: Packed | None = None
    campaign: Campaign | None = None
    picture: str | None = None

    @property
    def revealed(self) -> bool:
        """Whether something was shown in the room, so that there is something to take home."""
        return self.where == "join" and any(one.state == "revealed" for one in self.workshop.activities)

    @property
    def by_code(self) -> bool:
        """Whether everyone needs a one-time code."""
        return self.campaign is not None and self.campaign.access == "codes"

    def shown(self, prefix: str, left: int | None = None) -> dict[str, object]:
        """What the front end needs to know, JSON-able; ``left``: seconds that the timer still runs."""
        base = f"{prefix}/{self.where}/{self.code}"
        return {
            "state": self.state,
            "activity": self.activity.id if self.activity else None,
            "sheet": f"{base}/{self.sheet.name}" if self.sheet else None,
            "mark": self.workshop.room == "open",
            "plan": f"{base}/plan" if self.revealed else None,
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
        if not (_CODE if where == "join" else _NAME).fullmatch(code):
            raise UnknownCode(f"{text[:20]!r} is not the shape of a code")
        found = self._look_up(where, code)
        with self._lock:
            if len(self._known) > 2000:
                self._known.clear()
            self._known[where, code] = (time.monotonic(), found)
        return found

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
            return Round(where, code, state, workshop, activity, campaign=campaign)
        quiz, sheet = self._sheet(workshop, activity)
        return Round(where, code, "open", workshop, activity, quiz, sheet, campaign)

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
        )
        with self._lock:
            if key not in self._sheets:
                if len(self._sheets) > 200:
                    self._sheets.clear()
                self._sheets[key] = self._build(workshop, activity)
            return self._sheets[key]

    def _build(self, workshop: Workshop, activity: Activity) -> tuple[Questionnaire, Packed]:
        quiz = self._workshops.questionnaire(workshop.code, activity.id)
        sheet: dict[str, Any] = {
            "sheet": quiz.for_front_end(fills_of(workshop)),
            "texts": self._texts["form"],
            "consent": consent_of(
                quiz, self._texts, workshop.room, day_words(self._workshops.erase_on(workshop))
            ),
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
    """A code or name as typed, in its one spelling.

    >>> clean("join", " bcd-fg "), clean("quiz", "Tea-Time")
    ('BCDFG', 'tea-time')
    """
    return normal_code(text[:40]).replace("/", "") if where == "join" else text.strip().lower()


def consent_of(
    quiz: Questionnaire, texts: Mapping[str, Any], room: str, erase_date: str = ""
) -> dict[str, object]:
    """What is shown before the first question: the questionnaire's own text where it has one, else ours.

    Without an ``erase_date`` (a lasting quiz without an end) nothing is said about one.
    """
    ours = texts["consent"]
    text = str(quiz.extras.get("consent") or ours["text"])
    sentences = [
        one.replace("{erase_date}", erase_date)
        for one in re.split(r"(?<=[.!?]) ", text)
        if erase_date or "{erase_date}" not in one
    ]
    more = quiz.extras.get("consent_more")
    chosen = texts["rooms"].get(room, "")
    return {
        "title": ours["title"],
        "text": " ".join(sentences),
        "room": chosen,
        "more": [*(more if isinstance(more, list | tuple) else ours["more"])],
        "choices": [{"keep": True, "label": ours["agree"]}],
    }
