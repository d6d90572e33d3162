"""Everything the learner-power scorer takes from content files, built into its frozen values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from learnerfirst.content.cursor import Cursor, unique
from learnerfirst.content.folders import find, stamp
from learnerfirst.content.questionnaires import load_questionnaire
from learnerfirst.content.questions import read_id
from learnerfirst.content.strict_yaml import read_yaml
from learnerfirst.content.wording import texts
from learnerfirst.errors import ContentError, Fault
from learnerfirst.learner_power import (
    Action,
    Advice,
    Dimension,
    LearnerPowerContent,
    Leg,
    Lengths,
    Move,
    Solution,
    Stage,
    StageText,
    Topic,
)
from learnerfirst.questionnaire import Questionnaire

BASES = ("sourced", "our rule of thumb")
EFFORTS = ("low", "medium", "high")
STAGES = tuple(stage.value for stage in Stage)
PLAN, SOLUTIONS = "learner_power_plan", "social_solutions"
_LEGS = {(STAGES[low], STAGES[high]) for low in range(4) for high in range(4) if abs(high - low) == 1}


def learner_power_content(language: str = "") -> LearnerPowerContent:
    """What ``learnerfirst.learner_power`` scores with; built once per version of its files, frozen and shared.

    From ``questionnaires/learner_power.yaml``, ``learner_power_plan.yaml``, ``social_solutions.yaml`` and
    ``texts/learner_power_result.yaml``. ContentError with everything that is wrong in one of them.

    >>> learner_power_content().stages[1].name
    'Blended'
    """
    files = (find(PLAN, language=language), find(SOLUTIONS, language=language))
    quiz = load_questionnaire("learner_power", language)
    stamps = tuple(stamp(file) for file in files)
    return _built(_Same(quiz), _Same(texts("learner_power_result", language)), *files, stamps)


class _Same:
    """Compares by identity, so that a cached value can be a key without being read again."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.value is self.value

    def __hash__(self) -> int:
        return id(self.value)


@lru_cache(maxsize=8)
def _built(quiz: _Same, words: _Same, plan: Path, solutions: Path, _stamps: object) -> LearnerPowerContent:
    return build_learner_power(quiz.value, words.value, plan, solutions)


def build_learner_power(
    quiz: Questionnaire, words: Mapping[str, str], plan_file: Path, solutions_file: Path
) -> LearnerPowerContent:
    """Reads and joins the files; ids that point from one to another are checked."""
    dimensions: Any = quiz.extras.get("dimensions")
    stages: Any = quiz.extras.get("stages")
    topics: Any = quiz.extras.get("topics")
    if [stage["id"] for stage in stages] != list(STAGES):
        found = ", ".join(stage["id"] for stage in stages) or "none"
        fault = Fault(f"{quiz.id}: stages", found, f"in this order: {', '.join(STAGES)}")
        raise ContentError(f"{quiz.id} cannot be scored", [fault])
    advice, lengths = read_plan(plan_file, tuple(entry["id"] for entry in dimensions))
    return LearnerPowerContent(
        questionnaire=quiz,
        dimensions=tuple(Dimension(**entry) for entry in dimensions),
        stages=tuple(
            StageText(stage=Stage(entry["id"]), **{key: entry[key] for key in entry if key != "id"})
            for entry in stages
        ),
        advice=advice,
        topics=tuple(Topic(entry["id"], entry["name"]) for entry in topics),
        solutions=read_solutions(solutions_file, tuple(entry["id"] for entry in topics)),
        lengths=lengths,
        texts=words,
    )


def read_plan(file: Path, dimensions: tuple[str, ...]) -> tuple[tuple[Advice, ...], Lengths]:
    """The plan's file: advice for each dimension, and the frame of every plan."""
    top = Cursor.at_top(read_yaml(file))
    top.only("id", "language", "sources", "pilot", "review", "legs", "advice")
    sources = {read_id(at): at.text("text") for at in top.items("sources")}
    lengths = Lengths(
        pilot=_action(top.within("pilot"), sources, in_leg=True),
        review=_action(top.within("review"), sources, in_leg=True),
        legs=tuple(Leg(*move) for move in _moves(top, "legs", sources, in_leg=True)),
    )
    seen = [(at, at.one_of("dimension", dimensions)) for at in top.items("advice")]
    advice = []
    for at, dimension in seen:
        at.only("dimension", "discussion", "moves")
        moves = tuple(Move(*move) for move in _moves(at, "moves", sources, in_leg=False))
        advice.append(Advice(dimension, at.text("discussion"), moves))
    for dimension in dimensions:
        times = [found for _, found in seen].count(dimension)
        if times != 1:
            top.fault(f"one entry for {dimension}", "advice", times)
    missing = _LEGS - {(leg.start.value, leg.end.value) for leg in lengths.legs}
    if missing and not top.faults:
        top.fault("each of the six legs once", "legs", f"no {' to '.join(sorted(missing)[0])}")
    top.finish()
    return tuple(advice), lengths


def _moves(
    at: Cursor, key: str, sources: Mapping[str, str], *, in_leg: bool
) -> Iterator[tuple[Stage, Stage, tuple[Action, ...]]]:
    done = set()
    for move in at.items(key):
        move.only("from", "to", "steps")
        start, end = Stage(move.one_of("from", STAGES)), Stage(move.one_of("to", STAGES))
        if (start.value, end.value) not in _LEGS or (start, end) in done:
            move.fault("one stage up or down, each move once", None, f"{start.value} to {end.value}")
        done.add((start, end))
        yield start, end, tuple(_action(step, sources, in_leg=in_leg) for step in move.items("steps"))


def _action(at: Cursor, sources: Mapping[str, str], *, in_leg: bool) -> Action:
    at.only("id", "do", "detail", "weeks", "basis", "source")
    basis = at.one_of("basis", BASES)
    source = at.one_of("source", sources) if basis == "sourced" else ""
    return Action(
        title=at.text("do"),
        weeks=at.whole("weeks", 1, 104) or 1,
        basis=basis,
        source=sources.get(source, ""),
        id=read_id(at) if in_leg else "",
        detail=at.text("detail") if in_leg else "",
    )


def read_solutions(file: Path, topics: tuple[str, ...]) -> tuple[Solution, ...]:
    """The file of social solutions; stages, topics and ways of access are checked against what there is."""
    top = Cursor.at_top(read_yaml(file))
    top.only("id", "language", "access", "solutions")
    access = tuple(read_id(at) for at in top.items("access"))
    seen = [(at, read_id(at)) for at in top.items("solutions")]
    unique(seen, "solution")
    solutions = tuple(_solution(at, key, topics, access) for at, key in seen)
    top.finish()
    return solutions


def _solution(at: Cursor, key: str, topics: tuple[str, ...], access: tuple[str, ...]) -> Solution:
    at.only(
        *(
            "id",
            "name",
            "fits_stages",
            "fits_topics",
            "access",
            "needs",
            "effort",
            "weeks",
            "basis",
            "source",
        ),
        "unsuitable_when",
    )
    return Solution(
        id=key,
        name=at.text("name"),
        fits_stages=tuple(Stage(stage) for stage in at.texts("fits_stages", STAGES)),
        fits_topics=at.texts("fits_topics", topics),
        needs=at.text("needs"),
        effort=at.one_of("effort", EFFORTS),
        weeks=at.whole("weeks", 1, 104) or 1,
        basis=at.one_of("basis", BASES),
        unsuitable_when=at.text("unsuitable_when"),
        source=at.text("source", ""),
        access=at.texts("access", access),
    )
