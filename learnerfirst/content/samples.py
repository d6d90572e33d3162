"""The sample: one invented organisation, and what its colleagues answered."""

from __future__ import annotations

import csv
from pathlib import Path

from learnerfirst.content.cursor import Cursor
from learnerfirst.content.folders import data_folder
from learnerfirst.content.frozen import FrozenDict, freeze
from learnerfirst.content.questionnaires import load_questionnaire
from learnerfirst.content.strict_yaml import read_yaml
from learnerfirst.errors import ContentError, Fault, InvalidAnswers
from learnerfirst.questionnaire import Questionnaire

_TOPICS = ("topics", "compulsory", "tracked")
_KEYS = ("id", "language", "name", "story", "referent", "wanted_by", "stands_for", *_TOPICS, "activity")


def sample_organisation() -> FrozenDict:
    """The invented organisation: ``name``, ``story`` (two sentences), ``referent``, ``wanted_by`` and the like."""
    return read_organisation(data_folder() / "samples" / "organisation.yaml")


def read_organisation(file: Path) -> FrozenDict:
    """One organisation's file, types checked."""
    top = Cursor.at_top(read_yaml(file))
    top.only(*_KEYS)
    for key in _KEYS:
        if key not in _TOPICS:
            top.text(key)
    topics = top.texts("topics")
    for key in _TOPICS[1:]:
        top.texts(key, topics)
    top.finish()
    found: FrozenDict = freeze(top.value)
    return found


def sample_answers() -> list[dict[str, object]]:
    """What 24 invented colleagues answered in the quick form, in the order of the file; a new list each time."""
    quiz = load_questionnaire(data_folder() / "questionnaires" / "learner_power.yaml").in_form("quick")
    return read_answers(data_folder() / "samples" / "learner_power_answers.csv", quiz)


def read_answers(file: Path, quiz: Questionnaire) -> list[dict[str, object]]:
    """Answer sheets from a table: a row a person, columns ``person`` and ``<question>_<perspective>``.

    An empty cell means "can't say". ContentError names file, line and column of everything that does not fit.
    """
    columns = {
        f"{question.id}_{perspective}": (question.id, perspective)
        for question in quiz.questions
        for perspective in question.perspectives
    }
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream, strict=True))
    if not rows or rows[0] != ["person", *columns]:
        found = ", ".join(rows[0]) if rows else "nothing"
        fault = Fault(f"{file.name} (line 1)", found, f"the columns person, {', '.join(columns)}")
        raise ContentError(f"{file} cannot be used", [fault])
    sheets, faults = [], []
    for line, row in enumerate(rows[1:], start=2):
        sheet: dict[str, dict[str, str]] = {}
        if len(row) != len(columns) + 1:
            faults.append(
                Fault(f"{file.name} (line {line})", f"{len(row)} cells", f"{len(columns) + 1} cells")
            )
            continue
        for (question, perspective), cell in zip(columns.values(), row[1:], strict=True):
            if cell:
                sheet.setdefault(question, {})[perspective] = cell
        try:
            sheets.append(quiz.validate(sheet))
        except InvalidAnswers as error:
            at = f"{file.name} (line {line})"
            faults += [Fault(f"{at}: {fault.where}", fault.found, fault.allowed) for fault in error.faults]
    if faults:
        raise ContentError(f"{file} cannot be used", faults)
    return sheets
