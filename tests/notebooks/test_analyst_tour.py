"""The analysts' tour runs with every engine and with none of them, on the sample and on files of one's own."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from learnerfirst.content import sample_self_assessments
from learnerfirst.serving.notebooks import FOR_ANALYSTS, find_pages
from learnerfirst.serving.settings import Settings
from tests.gaps.local_spark import java_home

TOUR = Path(__file__).resolve().parents[2] / "notebooks" / "analyst_tour.ipynb"
# Read by Python before anything else: these packages cannot be imported.
WITHOUT = """
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"duckdb", "polars", "pyspark", "pyarrow"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Missing())
"""


def tour(folder: Path, monkeypatch: pytest.MonkeyPatch, **changed: str) -> dict[str, Any]:
    """The tour, run in ``folder`` far from the checkout; ``changed``: name of a cell to its new source. Cells by id."""
    notebook = nbformat.read(TOUR, as_version=4)
    for cell in notebook.cells:
        cell.source = changed.get(cell.id, cell.source)
    monkeypatch.setenv("IPYTHONDIR", str(folder / "ipython"))
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(folder)}}).execute()
    return {cell.id: cell for cell in notebook.cells}


def said(cell: Any) -> str:
    """Everything that a cell shows, as text, warnings too."""
    return "\n".join(
        output.get("text", "") or output.get("data", {}).get("text/plain", "") for output in cell.outputs
    )


def numbers(cell: Any) -> list[tuple[str, float]]:
    """Competencies with their share below, out of a shown table of any engine."""
    found = re.findall(r'"?([a-z]+_[a-z_]+)"?\s+[┆|]?\s*\d+\s+[┆|]?\s*(\d\.\d+)', said(cell))
    return sorted((name, round(float(share), 2)) for name, share in found)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JAVA_HOME", str(java_home(tmp_path_factory.mktemp("java"))))
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        return tour(tmp_path_factory.mktemp("tour"), patch)


def test_the_tour_finds_what_was_planted_in_the_sample(whole: dict[str, Any]) -> None:
    assert "Working hours: nights" in whole["uncovered"].outputs[0].data["text/markdown"]
    assert "fault_finding" in said(whole["split"])
    assert "new_steel" in said(whole["priorities-table"])
    assert "no resource" in said(whole["curriculum"])
    assert "Above the headings" in said(whole["matrix"])


def test_every_engine_ran_and_says_the_same(whole: dict[str, Any]) -> None:
    assert "540,000 rows" in said(whole["duckdb"])
    assert len(numbers(whole["spark"])) == 8
    assert numbers(whole["polars"]) == numbers(whole["spark"])


@pytest.mark.parametrize("cell", ["heatmap", "priorities", "quadrants"])
def test_charts_carry_everything_along(whole: dict[str, Any], cell: str) -> None:
    data = whole[cell].outputs[0].data
    assert {"application/vnd.vegalite.v5+json", "image/svg+xml"} <= set(data)
    assert "<script" not in str(data)
    assert "cdn" not in str(data).lower()


def test_each_code_cell_has_a_reason_before_it() -> None:
    kinds = [cell.cell_type for cell in nbformat.read(TOUR, as_version=4).cells]
    runs = re.findall("c+", "".join(kind[0] for kind in kinds))
    assert kinds[0] == "markdown"
    assert max(map(len, runs)) <= 2


def test_the_tour_runs_without_any_engine_and_says_how_to_get_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(WITHOUT)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"))
    cells = tour(tmp_path, monkeypatch)
    for engine in ("duckdb", "polars", "spark"):
        assert "pip install" in said(cells[engine]), engine


OWN = """
learner_survey, skill_matrix = "survey.csv", "skills.csv"
role_requirements, catalogue = "roles.csv", "catalogue.csv"
personas, also_kept, our_words = lf.persona_templates(), [], None
role, mine = "Nurse", {"triage": 1}
"""


def test_own_files_need_a_change_in_one_cell_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    people = range(12)
    files = {
        "survey.csv": ["Person;Which devices do you use?;Shift"] + [f"{k};Tablet;nights" for k in people],
        "skills.csv": ["person_id,role,triage,wounds"] + [f"n{k},Nurse,{k % 4},{2 + k % 3}" for k in people],
        "roles.csv": [
            "role,competency,name,required,importance",
            "Nurse,triage,Triage,3,5",
            "Nurse,wounds,Wounds,3,4",
        ],
        "catalogue.csv": ["resource,competency,from_level,to_level,minutes", "Round,triage,0,3,30"],
    }
    for name, lines in files.items():
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    heavy = dict.fromkeys(("duckdb", "polars", "spark", "tidy"), "")
    cells = tour(tmp_path, monkeypatch, files=OWN, **heavy)
    assert "triage" in said(cells["priorities-table"])
    assert "Round" in cells["plan"].outputs[0].data["text/html"]


def test_the_skill_matrix_says_the_same_as_the_samples_self_assessments() -> None:
    import learnerfirst as lf

    long = lf.long_assessments(
        lf.read_frame(lf.sample_files()["skill_matrix"]).frame, keep=["site", "helps_others"]
    )
    levels = lf.map_levels(long, lf.level_table(long) | {"Teaches others": 5}).dropna(subset="level")
    ours = {(row["person_id"], row["competency"]): row["level"] for row in sample_self_assessments()}
    told = {key: level for key, level in ours.items() if level is not None}
    keys = zip(levels["person_id"], levels["competency"], strict=True)
    assert dict(zip(keys, levels["level"], strict=True)) == told


def test_the_requirements_are_those_of_the_samples_success_profiles() -> None:
    import learnerfirst as lf
    from learnerfirst.content import sample_profiles

    read = lf.read_frame(lf.sample_files()["role_requirements"], numbers=["required", "importance"]).frame
    ours = [row for profile in sample_profiles() for row in profile.frame()]
    assert read.drop(columns="name").to_dict("records") == ours


def test_the_tour_is_not_served_as_a_page() -> None:
    assert {TOUR.stem} == FOR_ANALYSTS
    assert not FOR_ANALYSTS & set(find_pages(Settings.read()))
