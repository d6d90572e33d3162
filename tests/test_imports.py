"""Importing is cheap: a phone's answer must never wait for a data frame library to load."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import learnerfirst

ROOT = Path(__file__).resolve().parents[1]
HEAVY = (
    *("pandas", "altair", "numpy", "scipy", "sklearn", "sqlalchemy", "alembic", "jsonschema", "vl_convert"),
    *("IPython", "ipywidgets", "anywidget", "narwhals", "tornado", "voila", "jupyter_server"),
    *("fpdf", "icalendar", "PIL"),
)
SCORE_A_QUIZ = """
import learnerfirst as lf
quiz = lf.load_questionnaire("learner_power")
answers = {q.id: {"today": q.options[1].id, "wanted": q.options[2].id} for q in quiz.questions}
placement = lf.score_learner_power(answers)
assert placement.today.score == 1.0, placement.today
assert placement.wanted.score == 2.0, placement.wanted
"""


def loaded_by(code: str) -> list[str]:
    """The heavy libraries that a fresh interpreter has loaded after ``code``."""
    report = f"\nimport sys\nprint(*[name for name in {HEAVY!r} if name in sys.modules])"
    run = subprocess.run(
        [sys.executable, "-c", code + report], capture_output=True, text=True, cwd=ROOT, timeout=60
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.split()


def test_the_check_sees_what_is_loaded() -> None:
    assert loaded_by("import numpy") == ["numpy"]


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert loaded_by("import learnerfirst") == []


def test_loading_and_scoring_a_quiz_loads_nothing_heavy() -> None:
    assert loaded_by(SCORE_A_QUIZ) == []


@pytest.mark.parametrize(
    "module", ["errors", "questionnaire", "learner_power", "psychometrics", "privacy", "content", "api"]
)
def test_a_domain_module_loads_nothing_heavy(module: str) -> None:
    assert loaded_by(f"import learnerfirst.{module}") == []


def test_every_public_name_is_there() -> None:
    for name in learnerfirst.__all__:
        assert getattr(learnerfirst, name) is not None
    assert set(learnerfirst.__all__) <= set(dir(learnerfirst))


def test_an_unknown_name_is_refused_with_the_names_that_exist() -> None:
    with pytest.raises(AttributeError, match="score_learner_power"):
        _ = learnerfirst.score_everything
