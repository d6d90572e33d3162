"""The full check of a folder of content: every file against its JSON Schema, then against the other files.

jsonschema is imported when a check runs, never by loading: it costs up to 2.5 CPU seconds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from learnerfirst.content.communities import COMMUNITIES, ICEBREAKERS, read_icebreakers, read_method
from learnerfirst.content.community_samples import SAMPLE_COMMUNITY, read_sample_communities
from learnerfirst.content.folders import data_folder, find
from learnerfirst.content.learner_power import PLAN, SOLUTIONS, build_learner_power
from learnerfirst.content.learner_samples import (
    SAMPLE_PERSONAS,
    SURVEY,
    read_learners,
    read_sample_personas,
)
from learnerfirst.content.learning_plan import LEARNING_PLAN, read_plan_rules
from learnerfirst.content.persona_fields import FIELDS, PERSONAS, persona_fields, read_fields
from learnerfirst.content.persona_method import (
    BLUEPRINT,
    HABIT,
    INTERVIEW,
    ORDER,
    TOOLS,
    read_blueprint,
    read_habit,
    read_interview,
    read_order,
    read_tools,
)
from learnerfirst.content.persona_rules import IMPLICATIONS, read_rules
from learnerfirst.content.personas import SPECIAL, read_template
from learnerfirst.content.questionnaires import build_questionnaire, load_questionnaire
from learnerfirst.content.run_sheets import RUN_SHEETS, read_run_sheets
from learnerfirst.content.samples import read_answers, read_organisation
from learnerfirst.content.schema import schema_faults, schema_of
from learnerfirst.content.strict_yaml import read_yaml
from learnerfirst.content.talent import TALENT_PROFILES, read_talent_profiles
from learnerfirst.content.translations import translation_faults
from learnerfirst.content.wording import read_texts
from learnerfirst.errors import ContentError, Fault

PERSONA = "persona_"
ASSESSMENTS, RESOURCES, OFFERS = "self_assessments.csv", "resources.csv", "expertise_offers.csv"
ANY_DAY = date(2026, 11, 30)
"""Days of the sample's communities are counted from a day; for checking any one will do."""
KINDS = {"success_profile": "competencies"}


@dataclass(frozen=True)
class Report:
    """What a check found: the files it read, and everything wrong with them (nothing: ``ok``)."""

    folder: Path
    files: tuple[Path, ...]
    faults: tuple[Fault, ...]

    @property
    def ok(self) -> bool:
        """True if nothing is wrong."""
        return not self.faults

    def __str__(self) -> str:
        count = "1 file" if len(self.files) == 1 else f"{len(self.files)} files"
        lines = [f"{file.relative_to(self.folder).as_posix()}" for file in self.files]
        found = [str(fault) for fault in self.faults]
        result = "no faults" if self.ok else "1 fault" if len(found) == 1 else f"{len(found)} faults"
        return "\n".join(
            [
                f"{self.folder}: {count} checked, {result}",
                *(f"  {x}" for x in lines),
                *(f"- {x}" for x in found),
            ]
        )


def check(folder: Path | str | None = None) -> Report:
    """Checks every file of a folder (ours if None) and reports all faults of all files at once.

    A folder of the user's own is laid out like ours: questionnaires/*.yaml, texts/*.yaml,
    competencies/*.yaml, learner_power_plan.yaml, social_solutions.yaml, run_sheets.yaml, nomination.yaml, learning_plan.yaml,
    communities.yaml, icebreakers.yaml; each may have a language in its name (NAME.de.yaml).
    ContentError if the folder is not there.
    """
    root = Path(folder) if folder is not None else data_folder()
    if not root.is_dir():
        raise ContentError(f"{root} cannot be checked", [Fault("folder", str(root), "a folder that exists")])
    files = sorted(file for file in root.rglob("*") if file.is_file() and file.suffix != ".md")
    faults = [fault for file in files for fault in _file_faults(file, root)]
    if not files:
        faults.append(Fault(str(root), "no files", "questionnaires/*.yaml, texts/*.yaml ..."))
    return Report(root, tuple(files), tuple(faults))


def _file_faults(file: Path, root: Path) -> Iterator[Fault]:
    where = file.relative_to(root).as_posix()
    checks = {".yaml": _yaml_faults, ".json": _json_faults, ".csv": _csv_faults}
    if file.suffix not in checks:
        yield Fault(where, f"a file ending in {file.suffix or 'nothing'}", "content ends in .yaml")
        return
    try:
        found = list(checks[file.suffix](file, root))
    except ContentError as error:
        found = list(error.faults)
    folder = file.parent.relative_to(root).as_posix()
    for fault in found:
        at = f"{folder}/{fault.where}" if folder != "." and fault.where.startswith(file.name) else fault.where
        yield Fault(at, fault.found, fault.allowed)


def _yaml_faults(file: Path, root: Path) -> Iterator[Fault]:
    loaded = read_yaml(file)
    kind = _kind(file, root)
    schema = schema_of(kind)
    if schema is None:
        yield Fault(file.name, f"a file of no known kind ({kind})", "a place and name as in our data folder")
        return
    found = list(schema_faults(loaded, schema))
    yield from found
    if found:
        return
    base = _base(file, root)
    if base is not None:
        yield from translation_faults(loaded, read_yaml(base), partial=kind == "texts")
    _build(kind, file)


def _build(kind: str, file: Path) -> None:
    """Builds what the file is for: ContentError says what a schema cannot see, such as an id used twice."""
    if kind == "questionnaires":
        quiz = build_questionnaire(file)
        if quiz.id == "learner_power":
            build_learner_power(quiz, {}, find(PLAN), find(SOLUTIONS))
    elif kind == "texts":
        read_texts(file)
    elif kind == "organisation":
        read_organisation(file)
    elif kind == TALENT_PROFILES:
        read_talent_profiles(read_yaml(file))
    elif kind == LEARNING_PLAN:
        read_plan_rules(file)
    elif kind == RUN_SHEETS:
        read_run_sheets(file)
    elif kind == COMMUNITIES:
        read_method(file)
    elif kind == ICEBREAKERS:
        read_icebreakers(file)
    elif kind == SAMPLE_PERSONAS:
        read_sample_personas(file, persona_fields())
    elif kind == SAMPLE_COMMUNITY:
        read_sample_communities(file, ANY_DAY)
    elif kind in ("competencies", "nomination"):
        _build_competencies(kind, file)
    elif kind.startswith(PERSONA) or kind == PERSONAS:
        _build_personas(kind.removeprefix(PERSONA), file)
    elif kind in (PLAN, SOLUTIONS):
        scored = partial(build_learner_power, load_questionnaire("learner_power"), {})
        scored(*(file if name == kind else find(name) for name in (PLAN, SOLUTIONS)))


def _build_competencies(kind: str, file: Path) -> None:
    from learnerfirst.content.competencies import read_competencies, read_nomination

    if kind == "nomination":
        read_nomination(file)
    else:
        read_competencies(file)


def _build_personas(name: str, file: Path) -> None:
    if name == IMPLICATIONS:
        requirements, _ = read_tools(find(TOOLS, PERSONAS))
        read_rules(file, persona_fields(), tuple(requirement.id for requirement in requirements))
    elif name == PERSONAS:
        read_template(file, persona_fields())
    else:
        _READERS[name](file)


_READERS: dict[str, Callable[[Path], object]] = {
    FIELDS: read_fields,
    TOOLS: read_tools,
    BLUEPRINT: read_blueprint,
    HABIT: read_habit,
    ORDER: read_order,
    INTERVIEW: read_interview,
}


def _kind(file: Path, root: Path) -> str:
    parts = file.relative_to(root).parts
    name = file.name.split(".")[0]
    if parts[0] == PERSONAS and name in SPECIAL:
        return f"{PERSONA}{name}"
    return parts[0] if len(parts) > 1 and parts[0] != "samples" else KINDS.get(name, name)


def _base(file: Path, root: Path) -> Path | None:
    """The file that this one translates or stands in front of: beside it, else ours."""
    name, inside = f"{file.name.split('.')[0]}.yaml", file.parent.relative_to(root)
    places = [place / inside / name for place in (root, data_folder())]
    translated = file.name != name
    candidates = places if translated else places[1:] if inside.as_posix() == "texts" else []
    return next((place for place in candidates if place.is_file() and not place.samefile(file)), None)


def _json_faults(file: Path, _root: Path) -> Iterator[Fault]:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import SchemaError

    try:
        schema: Any = json.loads(file.read_text(encoding="utf-8"))
        Draft202012Validator.check_schema(schema)
    except ValueError as error:
        yield Fault(file.name, str(error), "JSON")
    except SchemaError as error:
        yield Fault(f"{file.name}: {error.json_path}", error.message, "a JSON Schema (2020-12)")


def _csv_faults(file: Path, _root: Path) -> Iterator[Fault]:
    from learnerfirst.content.analyst_samples import MATRIX, REQUIREMENTS, check_analyst_sample

    if file.name in (MATRIX, REQUIREMENTS):
        check_analyst_sample(file)
        return
    if file.name == SURVEY:
        read_learners(file, persona_fields())
        return
    if file.name in (ASSESSMENTS, RESOURCES, OFFERS):
        _read_competency_samples(file)
        return
    name = file.name.removesuffix("_answers.csv")
    read_answers(file, load_questionnaire(name).in_form(None))
    yield from ()


def _read_competency_samples(file: Path) -> None:
    from learnerfirst.content import competency_samples as samples

    if file.name == RESOURCES:
        samples.read_resource_rows(file)
    elif file.name == OFFERS:
        samples.read_offers(file, samples.sample_profiles())
    else:
        samples.read_self_assessments(file, samples.sample_profiles())
