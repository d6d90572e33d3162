"""The sample organisation's files as an analyst would have them: a survey, a skill matrix, requirements, a catalogue."""

from __future__ import annotations

import csv
from pathlib import Path
from types import MappingProxyType

from learnerfirst.content.competency_samples import sample_profiles
from learnerfirst.content.folders import data_folder
from learnerfirst.errors import ContentError, Fault

MATRIX, REQUIREMENTS = "skill_matrix.csv", "role_requirements.csv"
FILES = MappingProxyType(
    {
        "learner_survey": "learner_survey.csv",
        "skill_matrix": MATRIX,
        "role_requirements": REQUIREMENTS,
        "resources": "resources.csv",
    }
)
PEOPLE = ("person_id", "role", "site", "helps_others")
NEEDS = ("role", "competency", "name", "required", "importance")


def sample_files() -> dict[str, Path]:
    """Paths of the invented organisation's files, by what is in them; they come with the package.

    ``learner_survey``: a row a learner, for ``import_learners``. ``skill_matrix``: a row a person, a column a skill, levels in
    words, a title above, for ``read_frame`` and ``long_assessments``. ``role_requirements``: ``role, competency, name,
    required, importance``. ``resources``: the catalogue.

    >>> sorted(sample_files())
    ['learner_survey', 'resources', 'role_requirements', 'skill_matrix']
    >>> all(path.is_file() for path in sample_files().values())
    True
    """
    return {name: data_folder() / "samples" / file for name, file in FILES.items()}


def check_analyst_sample(file: Path) -> None:
    """ContentError with every line of a skill matrix or table of requirements that has too many cells or too few, or unknown
    headings."""
    matrix = file.name == MATRIX
    ids = list(dict.fromkeys(key for profile in sample_profiles() for key in profile.ids))
    expected = [*PEOPLE, *ids] if matrix else [*NEEDS]
    with file.open(encoding="utf-8", newline="") as stream:
        lines = [line for line in csv.reader(stream, delimiter=";" if matrix else ",", strict=True) if line]
    table = lines[1:] if matrix else lines
    faults = [
        Fault(f"{file.name} ({line[0]})", f"{len(line)} cells", f"{len(expected)} cells")
        for line in table
        if len(line) != len(expected)
    ]
    if not table or table[0] != expected:
        found = ", ".join(table[0]) if table else "nothing"
        faults.insert(0, Fault(f"{file.name}, headings", found, ", ".join(expected)))
    if faults:
        raise ContentError(f"{file} cannot be used", faults)
