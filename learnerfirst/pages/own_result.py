"""One person's own result: what their answers say, in words and with a picture; the same on phone and notebook.

:func:`own_result` makes it from answers; ``OwnResult.html()`` is a piece of a page without style attributes or
scripts, with everything escaped, and ``OwnResult.document()`` a file of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from learnerfirst import api, content
from learnerfirst.charts import continuum_svg
from learnerfirst.errors import IncompleteAnswers
from learnerfirst.learner_power import LearnerPowerContent
from learnerfirst.learner_power.placement import Placement
from learnerfirst.learner_power.plan import PlanStep
from learnerfirst.learner_power.position import Position
from learnerfirst.pages import own_result_html
from learnerfirst.questionnaire import Questionnaire

QUIZ = "learner_power"
TOPIC = "topic_"


@dataclass(frozen=True, slots=True)
class Choice:
    """One question and what was chosen; ``gives`` and ``costs`` belong to the option for today."""

    question: str
    today: str
    wanted: str = ""
    gives: str = ""
    costs: str = ""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A stage in words."""

    when: str
    name: str
    description: str
    gives: str
    costs: str


@dataclass(frozen=True)
class OwnResult:
    """What a person sees of their own answers. Texts are plain; ``picture`` is the text of an SVG or empty.

    ``kind`` is the workshop's: what does not count is marked wherever it is shown or kept. ``cards``: further cards, each
    a piece of HTML whose maker escaped it; headings of level 3, no style attributes, no scripts. ``title``: of the file.
    ``calendar`` makes an iCalendar file to offer, under the name ``calendar_file``; ``calendar_words``: what the button says.
    ``aims``: what the result may be made towards, address and name;
    ``aim`` the one that it was made towards.
    """

    headline: str
    notes: tuple[str, ...] = ()
    picture: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    meanings: tuple[Meaning, ...] = ()
    held_back: tuple[str, ...] | None = None
    next_steps: tuple[str, ...] = ()
    plan: tuple[PlanStep, ...] = ()
    choices: tuple[Choice, ...] = ()
    status: str = ""
    credit: str = ""
    language: str = "en"
    kind: str = "real"
    cards: tuple[str, ...] = ()
    title: str = ""
    calendar: Callable[[], bytes] | None = None
    aims: tuple[tuple[str, str], ...] = ()
    aim: str = ""
    calendar_file: str = "my-plan.ics"
    calendar_words: str = ""

    def html(self) -> str:
        """A piece of a page: headings of level 3, no style attributes, no scripts, everything escaped."""
        return own_result_html.piece(self, content.texts("participant", self.language))

    def document(self) -> str:
        """A file that opens in any browser, without anything else."""
        return own_result_html.document(self, content.texts("participant", self.language))

    def as_dict(self) -> dict[str, object]:
        """The same as JSON-able values, without the calendar."""
        plain = asdict(replace(self, calendar=None))
        del plain["calendar"]
        plain["plan"] = [step.as_dict() for step in self.plan]
        return plain


def own_result(
    answers: Mapping[str, Any],
    questionnaire: Questionnaire,
    *,
    form: str | None = None,
    fills: Mapping[str, str] | None = None,
    topics: Mapping[str, Mapping[str, object]] | None = None,
    start: date | None = None,
) -> OwnResult:
    """The result of one person's valid ``answers`` to ``questionnaire`` (the questions that were asked).

    ``fills``: what its placeholders stand for (``referent``, ``month_year``). ``topics``: facts of topics as
    ``score_learner_power`` takes them. ``start``: first day of the plan; None leaves it out. Any questionnaire other
    than learner power, a form without a stage, and too few answers give the list of answers without a position.
    """
    sheet = questionnaire.for_front_end(fills or {})
    texts = content.texts("participant", questionnaire.language)["result"]
    common: dict[str, Any] = {
        "choices": tuple(choices(answers, sheet, texts)),
        "status": questionnaire.status,
        "credit": questionnaire.credit,
        "language": questionnaire.language,
    }
    if questionnaire.id != QUIZ:
        return OwnResult(texts["choices_plain"], **common)
    known = content.learner_power_content()
    chosen = questionnaire.form(form)
    if chosen is not None and not chosen.gives_stage:
        return OwnResult(texts["pulse_title"], (texts["pulse"],), **common)
    try:
        placement = api.score_learner_power(answers, topics)
    except IncompleteAnswers as error:
        missing = ", ".join(known.dimension_names.get(name, name) for name in error.missing)
        return OwnResult(texts["incomplete_title"], (texts["incomplete"].format(missing=missing),), **common)
    return _placed(placement, known, texts, start, common)


def _placed(
    placement: Placement,
    known: LearnerPowerContent,
    texts: Mapping[str, str],
    start: date | None,
    common: Mapping[str, Any],
) -> OwnResult:
    today, wanted = placement.today, placement.wanted
    names = {stage.value: name for stage, name in known.stage_names.items()}
    words = {**content.texts("charts", common["language"]), **names}
    plan = placement.plan(start) if start else ()
    return OwnResult(
        headline=_headline(today, wanted, names, texts),
        notes=tuple(_notes(placement, known, texts)),
        picture=continuum_svg(
            today.as_dict(), wanted.as_dict() if wanted else None, layout="phone", texts=words, key="own"
        ),
        rows=tuple(_rows(today, wanted, names, texts)),
        meanings=tuple(_meanings(today, wanted, known, texts)),
        held_back=None
        if wanted is None
        else tuple(known.dimension_names[one] for one in placement.held_back_by),
        next_steps=tuple(_next_steps(placement, known)),
        plan=plan,
        **common,
    )


def _place(position: Position, names: Mapping[str, str], texts: Mapping[str, str]) -> str:
    """The stage, or the two it stands between, the named one first to be true to the gates."""
    if position.between and not position.failed_gates:
        low, high = (names[stage.value] for stage in position.between)
        return texts["between"].format(low=low, high=high)
    return names[position.stage.value]


def _headline(
    today: Position, wanted: Position | None, names: Mapping[str, str], texts: Mapping[str, str]
) -> str:
    now = _place(today, names, texts)
    if wanted is None:
        return texts["headline_today"].format(today=now)
    goal = _place(wanted, names, texts)
    return texts["headline_same" if goal == now else "headline_both"].format(today=now, wanted=goal)


def _notes(placement: Placement, known: LearnerPowerContent, texts: Mapping[str, str]) -> Iterable[str]:
    today = placement.today
    yield texts[f"firmness_{today.firmness}"]
    if today.failed_gates:
        gates = ", ".join(known.dimension_names[name] for name in today.failed_gates)
        yield texts["gates"].format(by_average=known.stage_names[today.by_average], gates=gates)
    if placement.wanted_words:
        yield placement.wanted_words
    yield texts["one_person"]


def _rows(
    today: Position, wanted: Position | None, names: Mapping[str, str], texts: Mapping[str, str]
) -> Iterable[tuple[str, str]]:
    for when, position in (("today", today), ("wanted", wanted)):
        if position is not None:
            numbers = texts["numbers"].format(
                score=f"{position.score:.1f}", low=f"{position.low:.1f}", high=f"{position.high:.1f}"
            )
            yield texts[when], f"{_place(position, names, texts)} ({numbers})"


def _meanings(
    today: Position, wanted: Position | None, known: LearnerPowerContent, texts: Mapping[str, str]
) -> Iterable[Meaning]:
    by_stage = {one.stage: one for one in known.stages}
    shown = [("today", today.stage)]
    if wanted is not None and wanted.stage != today.stage:
        shown.append(("wanted", wanted.stage))
    for when, stage in shown:
        text = by_stage[stage]
        yield Meaning(texts[when], text.name, text.description, text.gives, text.costs)


def _next_steps(placement: Placement, known: LearnerPowerContent) -> Iterable[str]:
    """Readiness, then for each dimension that holds back, the first thing to do about it."""
    yield placement.readiness.words
    advice = {one.dimension: one for one in known.advice}
    for name in placement.held_back_by:
        for move in advice[name].moves if name in advice else ():
            if move.start == placement.today.stage and move.actions:
                yield f"{known.dimension_names[name]}: {move.actions[0].title}"


def choices(
    answers: Mapping[str, Any], sheet: Mapping[str, Any], texts: Mapping[str, str]
) -> Iterable[Choice]:
    """What was chosen, question by question, in the order asked."""
    for question in sheet["questions"]:
        given = answers.get(question["id"])
        if not question["perspectives"]:
            yield Choice(question["stem"], _words(question, given, texts))
            continue
        parts = given if isinstance(given, Mapping) else {}
        first, *later = (parts.get(name) for name in question["perspectives"])
        goal = later[0] if later else None
        same = goal is not None and goal == first
        wanted = "" if goal is None else texts["same"] if same else _words(question, goal, texts)
        option: Mapping[str, str] = next((one for one in question["options"] if one["id"] == first), {})
        yield Choice(
            question["stem"],
            _words(question, first, texts),
            wanted,
            option.get("benefit", ""),
            option.get("cost", ""),
        )


def _words(question: Mapping[str, Any], value: object, texts: Mapping[str, str]) -> str:
    names = {option["id"]: option["text"] for option in question["options"]}
    short = {option["id"]: option["short"] or option["text"] for option in question["options"]}
    if value is None or value in ("", []):
        return texts["cannot_say" if question["cannot_say"] else "left_out"]
    if question["kind"] == "ranked" and isinstance(value, list | tuple):
        return ", ".join(f"{place}. {names.get(one, one)}" for place, one in enumerate(value, start=1))
    if isinstance(value, list | tuple):
        return ", ".join(names.get(one, str(one)) for one in value)
    if question["perspectives"]:
        return str(short.get(value, value)) if isinstance(value, str) else str(value)
    if question["kind"] == "levels" and isinstance(value, str):
        return str(short.get(value, value))
    return (
        names.get(value, value)
        if isinstance(value, str)
        else f"{value:g}"
        if isinstance(value, float)
        else str(value)
    )
