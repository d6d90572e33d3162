"""Questionnaire files into :class:`learnerfirst.questionnaire.Questionnaire`, checked without JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from learnerfirst.content.cursor import Cursor, unique
from learnerfirst.content.folders import find, known_names, stamp
from learnerfirst.content.frozen import FrozenDict, freeze
from learnerfirst.content.questions import Rules, read_id, read_question, read_questions
from learnerfirst.content.strict_yaml import MAX_BYTES, LoadedFile, read_yaml
from learnerfirst.errors import ContentError, Fault
from learnerfirst.questionnaire import (
    LAYOUTS,
    PERSPECTIVES,
    Form,
    Question,
    Questionnaire,
    Section,
)

TOP_KEYS = (
    *(
        "id",
        "version",
        "language",
        "status",
        "title",
        "credit",
        "intro",
        "lead",
        "perspectives",
        "cannot_say",
        "layout",
    ),
    *("consent", "consent_more", "referents", "texts", "field_tests", "forms", "sections", "questions"),
    *("dimensions", "stages", "topic_item", "topics", "guess", "grouping"),
)


def load_questionnaire(name: str | Path, language: str = "") -> Questionnaire:
    """A questionnaire by name ("learner_power", "learner_power.de") or by the path of a file that ends in .yaml.

    ``language`` prefers ``NAME.LANGUAGE.yaml`` where it exists. Own content (``LEARNERFIRST_CONTENT_DIR``) comes
    before what we ship. Loaded once per version of the file; the value is frozen and shared. ContentError says
    everything that is wrong with the file, or which names exist.

    >>> len(load_questionnaire("learner_power").questions)
    18
    """
    given = Path(name)
    is_path = isinstance(name, Path) or given.suffix == ".yaml"
    path = given if is_path else find(str(name), "questionnaires", language)
    return _loaded(path, stamp(path))


@lru_cache(maxsize=64)
def _loaded(path: Path, _stamp: object) -> Questionnaire:
    return build_questionnaire(path)


def build_questionnaire(path: Path) -> Questionnaire:
    """Reads and checks one file; ContentError with every fault at once."""
    return _built(Cursor.at_top(read_yaml(path)))


def questionnaire_from(body: Mapping[str, Any], name: str = "questionnaire") -> Questionnaire:
    """A questionnaire from values like those of a file, checked by the same rules; ``name`` is what faults call it.

    >>> question = {"id": "tea", "kind": "single", "stem": "Tea?", "options": [{"id": "y", "text": "Yes"}, {"id": "n", "text": "No"}]}
    >>> questionnaire_from({"id": "drinks", "title": "Drinks", "questions": [question]}).question("tea").option_ids
    ('y', 'n')
    """
    try:
        text = json.dumps(body, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise ContentError(f"{name} cannot be used", [Fault(name, str(error)[:80], "JSON values")]) from error
    if len(text) > MAX_BYTES:
        raise ContentError(
            f"{name} cannot be used", [Fault(name, f"{len(text)} bytes", f"at most {MAX_BYTES} bytes")]
        )
    return _built(Cursor.at_top(LoadedFile(Path(name), json.loads(text), {})))


def _built(top: Cursor) -> Questionnaire:
    top.only(*TOP_KEYS)
    forms, sections = _forms(top), _sections(top)
    dimensions = _entries(top, "dimensions", ("name", "description"), flags=("gate",))
    rules = Rules(
        perspectives=top.texts("perspectives", PERSPECTIVES),
        cannot_say=top.flag("cannot_say", False),
        forms=tuple(form.id for form in forms),
        sections=tuple(section.id for section in sections),
        dimensions=tuple(entry["id"] for entry in dimensions),
    )
    questions = read_questions(top, "questions", rules)
    extras = _extras(top, questions, rules)
    extras["dimensions"] = dimensions
    extras["stages"] = _entries(top, "stages", ("name", "description", "gives", "costs", "notice"))
    extras["topics"] = _entries(top, "topics", ("name", "about"))
    quiz = Questionnaire(
        id=read_id(top),
        version=top.text("version", "1"),
        language=top.text("language", "en"),
        status=_status(top),
        title=top.text("title"),
        credit=top.text("credit", ""),
        intro=top.text("intro", ""),
        lead=top.text("lead", ""),
        layout=top.one_of("layout", LAYOUTS, "cards"),
        perspectives=rules.perspectives,
        questions=questions,
        sections=sections,
        forms=forms,
        texts=FrozenDict(top.within("texts").text_mapping()),
        extras=FrozenDict(extras),
    )
    top.finish()
    return quiz


def _forms(top: Cursor) -> tuple[Form, ...]:
    seen = [(at, read_id(at)) for at in top.items("forms", required=False)]
    unique(seen, "form")
    for at, _ in seen:
        at.only("id", "name", "default", "gives_stage")
    return tuple(
        Form(key, at.text("name"), at.flag("default", False), at.flag("gives_stage", True))
        for at, key in seen
    )


def _sections(top: Cursor) -> tuple[Section, ...]:
    seen = [(at, read_id(at)) for at in top.items("sections", required=False)]
    unique(seen, "section")
    for at, _ in seen:
        at.only("id", "title", "intro")
    return tuple(Section(key, at.text("title"), at.text("intro", "")) for at, key in seen)


def _entries(top: Cursor, key: str, fields: tuple[str, ...], flags: tuple[str, ...] = ()) -> Any:
    seen = [(at, read_id(at)) for at in top.items(key, required=False)]
    unique(seen, key.removesuffix("s"))
    entries = []
    for at, found in seen:
        at.only("id", *fields, *flags)
        texts_here = {name: at.text(name) for name in fields}
        entries.append({"id": found, **texts_here, **{name: at.flag(name, False) for name in flags}})
    return freeze(entries)


def _extras(top: Cursor, questions: tuple[Question, ...], rules: Rules) -> dict[str, Any]:
    plain = Rules((), False, (), (), ())
    extras: dict[str, Any] = {
        "consent": top.text("consent", ""),
        "consent_more": top.texts("consent_more"),
        "referents": _referents(top),
        "guess": _with_borrowed_options(top, read_questions(top, "guess", plain, required=False), questions),
        "grouping": read_questions(top, "grouping", plain, required=False),
        "topic_item": None,
    }
    if top.has("topic_item"):
        extras["topic_item"] = read_question(top.within("topic_item"), replace(rules, sections=(), forms=()))
    return extras


def _with_borrowed_options(
    top: Cursor, guesses: tuple[Question, ...], questions: tuple[Question, ...]
) -> tuple[Question, ...]:
    by_id: Mapping[str, Question] = {question.id: question for question in questions}
    filled = []
    for at, guess in zip(top.items("guess", required=False), guesses, strict=False):
        if at.has("options_of"):
            lender = by_id.get(at.one_of("options_of", by_id))
            guess = replace(guess, options=lender.options if lender else ())
        filled.append(guess)
    return tuple(filled)


def _referents(top: Cursor) -> FrozenDict:
    """By id: what the questions are about, as a name and as a whole phrase; "other" takes any name."""
    seen = [(at, read_id(at)) for at in top.items("referents", required=False)]
    unique(seen, "referent")
    for at, _ in seen:
        at.only("id", "name", "within")
    return FrozenDict({key: FrozenDict(name=at.text("name"), within=at.text("within")) for at, key in seen})


def _status(top: Cursor) -> str:
    """The file's status until enough field tests are on record, then what the file says for that case."""
    tests = top.within("field_tests")
    tests.only("needs", "records", "status_then")
    needs = tests.within("needs")
    missing = {kind: needs.whole(kind, 1, 100_000) or 0 for kind in (needs.value or {})}
    for record in tests.items("records", required=False):
        record.only("kind", "date", "people", "by", "found")
        for key in ("date", "by", "found"):
            record.text(key)
        kind = record.one_of("kind", tuple(needs.value or {}))
        missing[kind] = missing.get(kind, 0) - (record.whole("people", 1, 100_000) or 0)
    done = bool(needs.value) and all(count <= 0 for count in missing.values())
    return tests.text("status_then", "") if done else top.text("status", "")


def questionnaire_names() -> tuple[str, ...]:
    """Names of all questionnaires there are, the user's own among them, in alphabetical order."""
    return known_names("questionnaires")
