"""Questionnaires as values: questions, forms, validation of answers, and the JSON that a front end draws.

Nothing here knows a file, a widget or HTML. Texts come in from content files; they may hold the placeholders
``{referent}`` (a name: "my team"), ``{within_referent}`` (a whole phrase: "in my team"), ``{month_year}`` and
``{topic}``, which :meth:`Questionnaire.for_front_end` fills.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from learnerfirst.answers import check_answers
from learnerfirst.errors import Fault, InvalidInput
from learnerfirst.front_end import filled, front_end_json

KINDS = ("single", "levels", "scale", "several", "ranked", "dropdown", "number", "short_text", "long_text")
CHOICES = ("single", "levels", "several", "ranked", "dropdown")
LAYOUTS = ("cards", "sections", "quick")
PERSPECTIVES = ("today", "wanted")
TEXT_LIMITS = {"short_text": 200, "long_text": 2000}


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose; ``benefit`` and ``cost`` quote what the text says it gives and costs."""

    id: str
    text: str
    short: str = ""
    benefit: str = ""
    cost: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question. Which fields count depends on ``kind``, one of :data:`KINDS`.

    ``options``: single, levels, dropdown, several, ranked. ``low``, ``high``: scale (whole numbers, both needed) and number
    (either may be None). ``anchors``: words for the two ends of a scale. ``max_length``: characters, for texts.
    ``perspectives``: asked once for each of them on one card, today first. ``cannot_say``: the card offers
    "can't say", which is sent as an absent key. ``first``: whether options name "benefit" or "cost" first.
    """

    id: str
    kind: str
    stem: str
    options: tuple[Option, ...] = ()
    section: str = ""
    required: bool = False
    perspectives: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    anchors: tuple[str, str] | None = None
    max_length: int | None = None
    help: str = ""
    cannot_say: bool = False
    dimension: str = ""
    first: str = ""

    @property
    def option_ids(self) -> tuple[str, ...]:
        """Ids of the options, in the order of the file."""
        return tuple(option.id for option in self.options)

    def option(self, option_id: str) -> Option:
        """The option with this id; InvalidInput names the choices if there is none."""
        for option in self.options:
            if option.id == option_id:
                return option
        raise InvalidInput(
            f"question {self.id} has no option {option_id!r}",
            [Fault(self.id, repr(option_id), f"allowed: {', '.join(self.option_ids)}")],
        )

    @property
    def text_limit(self) -> int:
        """Longest text in characters (Unicode code points) that is taken as an answer."""
        return self.max_length or TEXT_LIMITS.get(self.kind, TEXT_LIMITS["long_text"])


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that are shown together, under one heading."""

    id: str
    title: str
    intro: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A selection of the questions; a form with ``gives_stage=False`` never leads to a stage."""

    id: str
    name: str
    default: bool = False
    gives_stage: bool = True


@dataclass(frozen=True)
class Questionnaire:
    """A questionnaire as loaded from its file: built whole, never changed.

    ``layout``: "cards" shows one question after the other, "sections" one section, "quick" everything on one screen
    without an overview. ``texts`` are labels that come before the front end's own (today, wanted, topics_title ...). ``extras`` is what belongs to the file and is not one of its
    questions: topic item, guess, grouping, referents, dimensions, stages, consent.

    >>> yes_no = (Option("y", "Yes"), Option("n", "No"))
    >>> quiz = Questionnaire(id="tea", title="Tea", questions=(Question("q1", "single", "Tea?", yes_no),))
    >>> quiz.validate({"q1": "y"})
    {'q1': 'y'}
    >>> quiz.validate({"q1": "maybe", "q2": 1})
    Traceback (most recent call last):
    learnerfirst.errors.InvalidAnswers: 2 faults in the answers to tea
    - q1: found 'maybe'; one of: y, n
    - q2: found 1; no question has this id
    """

    id: str
    title: str
    questions: tuple[Question, ...]
    version: str = "1"
    language: str = "en"
    status: str = ""
    credit: str = ""
    intro: str = ""
    lead: str = ""
    layout: str = "cards"
    perspectives: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    forms: tuple[Form, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict, hash=False)
    extras: Mapping[str, object] = field(default_factory=dict, hash=False)

    @cached_property
    def by_id(self) -> Mapping[str, Question]:
        """Questions by their id, in order."""
        return {question.id: question for question in self.questions}

    def question(self, question_id: str) -> Question:
        """The question with this id; InvalidInput if there is none."""
        found = self.by_id.get(question_id)
        if found is None:
            allowed = f"allowed: {', '.join(self.by_id)}"
            raise InvalidInput(
                f"{self.id} has no question {question_id!r}",
                [Fault("question id", repr(question_id), allowed)],
            )
        return found

    @property
    def default_form(self) -> Form | None:
        """The form marked as default, else the first, else None (a questionnaire without forms)."""
        marked = [form for form in self.forms if form.default]
        return next(iter([*marked, *self.forms]), None)

    def form(self, form_id: str | None) -> Form | None:
        """The form with this id; the default one for None. InvalidInput names the choices."""
        if form_id is None:
            return self.default_form
        for form in self.forms:
            if form.id == form_id:
                return form
        allowed = ", ".join(form.id for form in self.forms) or "this questionnaire has no forms"
        raise InvalidInput(
            f"{self.id} has no form {form_id!r}", [Fault("form", repr(form_id), f"allowed: {allowed}")]
        )

    def in_form(self, form_id: str | None) -> Questionnaire:
        """The same questionnaire with that form's questions only; None stands for the default form."""
        form = self.form(form_id)
        if form is None:
            return self
        kept = tuple(question for question in self.questions if form.id in question.forms)
        used = {question.section for question in kept}
        return replace(self, questions=kept, sections=tuple(s for s in self.sections if s.id in used))

    def with_topics(self, topics: Mapping[str, str] | Iterable[str]) -> Questionnaire:
        """Adds the topic item once per topic, as question ``topic_<id>``, for at most three topics.

        ``topics``: ids of the file's own topics, or a mapping of any id to the words that finish the sentence
        "how did people learn about ...". InvalidInput for more than three, for an unknown id, or where the
        questionnaire has no topic item.
        """
        phrases = topics if isinstance(topics, Mapping) else {key: self._about(key) for key in topics}
        item = self.extras.get("topic_item")
        if not isinstance(item, Question) or len(phrases) > 3:
            found = "no topic item" if not isinstance(item, Question) else f"{len(phrases)} topics"
            raise InvalidInput(
                f"topics of {self.id}", [Fault("topics", found, "a topic item and up to 3 topics")]
            )
        section = Section("topics", self.texts.get("topics_title", ""), self.texts.get("topics_intro", ""))
        common = replace(item, section="topics", forms=tuple(form.id for form in self.forms))
        asked = [
            replace(common, id=f"topic_{key}", stem=filled(item.stem, {"topic": phrase}))
            for key, phrase in phrases.items()
        ]
        sections = (*self.sections, section) if asked else self.sections
        return replace(self, questions=(*self.questions, *asked), sections=sections)

    def _about(self, topic_id: str) -> str:
        entries = self.extras.get("topics")
        known = {entry["id"]: str(entry["about"]) for entry in entries} if isinstance(entries, tuple) else {}
        if topic_id not in known:
            raise InvalidInput(
                f"{self.id} has no topic {topic_id!r}",
                [Fault("topics", repr(topic_id), f"allowed: {', '.join(known) or 'none'}")],
            )
        return known[topic_id]

    def validate(self, answers: object, *, require_complete: bool = False) -> dict[str, object]:
        """Answers in the order of the questions, as plain dicts and lists; InvalidAnswers holds all faults.

        ``answers``: ``{question_id: value}``, or ``{question_id: {"today": value, "wanted": value}}`` where the
        question has perspectives. A value is an option id (single, levels, dropdown), a list of option ids (several;
        ranked: first choice first, as many as were put in order), a whole number (scale), a number, or a text. An absent key means "can't say"; None is no answer and is
        refused. With ``require_complete`` every required question needs an answer, in each perspective.
        Nothing is converted, cut or dropped, but for a question whose perspectives are all absent.
        """
        return check_answers(self, answers, require_complete=require_complete)

    def for_front_end(self, fills: Mapping[str, str] | None = None) -> dict[str, object]:
        """What a front end draws, JSON-able; placeholders are filled from ``fills``.

        ``fills["referent"]`` is a referent's id of this questionnaire or any name ("night shift"). A placeholder
        that a text uses and ``fills`` lacks is an InvalidInput. Option order is that of the file: the front end
        reverses it for half of the people.
        """
        return front_end_json(self, self.placeholder_fills(fills or {}))

    def placeholder_fills(self, fills: Mapping[str, str]) -> dict[str, str]:
        """``fills`` with the referent resolved into ``referent`` and ``within_referent``."""
        done = dict(fills)
        asked = done.get("referent")
        known = self.extras.get("referents")
        if asked is None or not isinstance(known, Mapping):
            return done
        entry = known.get(asked) or known.get("other")
        if isinstance(entry, Mapping):
            done["referent"] = filled(str(entry["name"]), {"referent": asked})
            done.setdefault("within_referent", filled(str(entry["within"]), {"referent": asked}))
        return done
