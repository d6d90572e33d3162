"""Writes docs/functions.md: every public name of `learnerfirst` with its first sentence. Run: python docs/functions.py"""

from __future__ import annotations

import inspect
from pathlib import Path

import learnerfirst as lf

FILE = Path(__file__).with_name("functions.md")
SECTIONS = {
    "Read your own files": ("read_frame", "propose_recipe", "import_learners", "sample_files"),
    "Who the learners are": (
        "Persona",
        "persona_templates",
        "sample_personas",
        "persona_implications",
        "persona_coverage",
        "discover_personas",
    ),
    "Learner power": ("load_questionnaire", "score_learner_power", "summarise_learner_power", "score_pulse"),
    "Success profiles": (
        "SuccessProfile",
        "Competency",
        "load_success_profile",
        "success_profile_names",
        "import_competencies",
    ),
    "Gaps, on any data frame": (
        "long_assessments",
        "level_table",
        "map_levels",
        "individual_gaps",
        "competency_gaps",
        "development_priorities",
        "compare_priorities",
        "curriculum_gaps",
        "peer_experts",
    ),
    "Charts": ("offline_charts", "gap_heatmap", "priority_chart", "quadrant_chart"),
    "From gaps to what to do": ("learning_plan", "curriculum_triage", "nearest_roles"),
    "Groups that learn and decide": ("form_groups", "elect", "talent_profiles", "staff", "smallest_team"),
    "Is the questionnaire any good?": ("reliability", "agreement"),
    "Errors": ("LearnerFirstError",),
}
HEAD = """# Every function for analysts

`import learnerfirst as lf`. `help(lf.NAME)` has columns, units, ranges, formula, source, errors and an example that runs; the tour
`analyst_tour.ipynb` (`learnerfirst lab`) shows them at work. Frames may come from pandas, polars, DuckDB, pyarrow, Ibis or PySpark where it says *frame*.

Written by `python docs/functions.py`.
"""


def public_names() -> list[str]:
    """All names that the package offers."""
    return [name for name in lf.__all__ if name != "__version__"]


def line(name: str) -> str:
    """A name with what it takes and what it does."""
    thing = getattr(lf, name)
    about = (inspect.getdoc(thing) or "").split("\n\n")[0].replace("\n", " ").strip()
    if inspect.isclass(thing):
        return f"- `lf.{name}`: {about}"
    arguments = ", ".join(inspect.signature(thing).parameters)
    return f"- `lf.{name}({arguments})`: {about}"


def text() -> str:
    """The whole list."""
    listed = {name for names in SECTIONS.values() for name in names}
    rest = {"More": tuple(name for name in public_names() if name not in listed)}
    parts = [HEAD]
    for title, names in {**rest, **SECTIONS}.items():
        if names:
            parts.append(f"## {title}\n\n" + "\n".join(map(line, names)) + "\n")
    return "\n".join(parts)


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
