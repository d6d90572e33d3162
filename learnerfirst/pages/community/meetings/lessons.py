"""What a closed cycle leaves for others, and what others left for us."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML

from learnerfirst.communities import Lesson, lesson_card
from learnerfirst.communities.changes import taken_up
from learnerfirst.errors import NotAllowed
from learnerfirst.pages.buttons import button
from learnerfirst.pages.choice import Choice
from learnerfirst.pages.community.meetings.open_meeting import OpenMeeting
from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.community.words import day_words, said
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import heading, listing, paragraph
from learnerfirst.pages.personas.downloads import link
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.workshops.community_meetings import KeptLesson, KeptMeeting
from learnerfirst.workshops.meeting_agenda import lessons_of_others, next_to_come

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
Words = Mapping[str, Any]
SHORT = 90


class LessonCard:
    """Owns the card of the cycle of one meeting; hidden while it is open. Show ``box``."""

    def __init__(self, opened: OpenMeeting, texts: Words) -> None:
        self.opened, self.words = opened, texts["lesson"]
        self.html = HTML()
        self.box = boxed([self.html], "lf-card", "lf-lesson")

    def refresh(self) -> None:
        """Redraw from the meeting."""
        opened, words = self.opened, self.words
        lesson = lesson_card(opened.meeting, opened.plan.name)
        shown(self.box, lesson is not None)
        if lesson is None:
            return
        model = opened.model
        file = f"{model.addresses.community(model.workshop.code, opened.community_id)}/lessons.html"
        head = heading(words["heading"]) + paragraph(words["text"], "lf-quiet")
        put(
            self.html,
            f'{head}{lesson_html(lesson, words)}<p class="lf-actions">{link(file, words["file"])}</p>',
        )


class LessonsOfOthers:
    """Owns the card of what other communities of the workshop left; hidden where there is nothing. Show ``box``."""

    def __init__(self, model: CommunityModel, texts: Words, notice: Notice, guarded: Wrap) -> None:
        self.model, self.texts, self.words, self.notice = model, texts, texts["others"], notice
        words = self.words
        self.lessons: dict[tuple[str, str], KeptLesson] = {}
        head = HTML(heading(words["heading"]) + paragraph(words["text"], "lf-quiet"))
        self.which = Choice(words["which"], guarded(lambda _: self.refresh()))
        self.html, self.where = HTML(), HTML()
        self.take = button("", self._take, guarded, "lf-primary")
        self.box = boxed([head, self.which.field, self.html, self.where, self.take], "lf-card", "lf-form")

    @property
    def into(self) -> KeptMeeting | None:
        """The meeting in which a lesson is taken up: the next one that is still to come."""
        return next_to_come(self.model.meetings, self.model.workshops.today())

    def _take(self) -> None:
        found, into = self.lessons.get(self.which.value), self.into
        if found is None or into is None:
            raise NotAllowed(self.words["nowhere"])
        lesson = found.lesson
        topic = self.words["topic"].format(topic=title_of(lesson))
        note = self._note(lesson)
        self.model.meeting_shelf.change(
            self.model.plan, into.id, lambda meeting: taken_up(meeting, topic, note)
        )
        self.model.look()
        phase = next(one.name for one in self.model.method.phases if one.id == "interrogation")
        day = day_words(into.meeting.day, said(), weekday=False)
        self.notice.show(self.words["taken"].format(day=day, phase=phase))

    def _note(self, lesson: Lesson) -> str:
        words = self.texts["lesson"]
        tried = "; ".join(
            words["line"].format(text=text, state=words["states"][state], learned=learned)
            for text, state, learned in lesson.tried
        )
        return str(self.words["note"]).format(
            community=lesson.community,
            day=day_words(lesson.day, said(), weekday=False),
            question=lesson.question.strip(),
            tried=tried,
            reflection=lesson.reflection.strip(),
        )

    def look(self) -> None:
        """Read the lessons of the other communities."""
        model = self.model
        found = (
            ()
            if model.kept is None
            else lessons_of_others(model.shelf, model.meeting_shelf, model.community_id)
        )
        self.lessons = {(one.community_id, one.meeting_id): one for one in found}

    def refresh(self) -> None:
        """Redraw from what was read."""
        words = self.texts["lesson"]
        entries = [
            (
                self.words["entry"].format(community=one.lesson.community, topic=title_of(one.lesson)),
                key,
            )
            for key, one in self.lessons.items()
        ]
        self.which.offer(entries)
        found, into = self.lessons.get(self.which.value), self.into
        put(self.html, "" if found is None else lesson_html(found.lesson, words))
        put(self.where, paragraph(self.words["nowhere"], "lf-note") if into is None else "")
        told = (
            ""
            if into is None
            else self.words["take"].format(day=day_words(into.meeting.day, said(), weekday=False))
        )
        if told and self.take.description != told:
            self.take.description = told
        shown(self.take, into is not None)
        shown(self.box, bool(self.lessons))


def title_of(lesson: Lesson) -> str:
    """A lesson's topic; without one the beginning of its question."""
    title = lesson.topic.strip() or lesson.question.strip().partition("\n")[0]
    return title if len(title) <= SHORT else f"{title[:SHORT]} …"


def lesson_html(lesson: Lesson, words: Words) -> str:
    """A lesson as it is shown and printed; everything typed is escaped."""
    tried = [
        escape(words["line"].format(text=text, state=words["states"][state], learned=learned))
        for text, state, learned in lesson.tried
    ]
    day = day_words(lesson.day, said(), weekday=False)
    known = title_of(lesson) == lesson.question.strip()  # not twice
    asked = "" if known else f"<dt>{escape(words['question'])}</dt><dd>{escape(lesson.question)}</dd>"
    parts = [
        heading(title_of(lesson), 3),
        paragraph(words["from"].format(community=lesson.community, day=day), "lf-quiet"),
        f"<dl>{asked}<dt>{escape(words['tried'])}</dt><dd>{listing(tried)}</dd>"
        f"<dt>{escape(words['reflection'])}</dt><dd>{escape(lesson.reflection)}</dd>",
    ]
    if lesson.decisions:
        decided = listing(escape(one) for one in lesson.decisions)
        parts.append(f"<dt>{escape(words['decisions'])}</dt><dd>{decided}</dd>")
    return f'<article class="lf-lesson-sheet">{"".join(parts)}</dl></article>'
