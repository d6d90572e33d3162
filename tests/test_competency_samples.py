"""The invented organisation's self-assessments hold what the pages are meant to find in them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import learnerfirst as lf
from learnerfirst.content import data_folder, sample_profiles, sample_resources, sample_self_assessments
from learnerfirst.content.competency_samples import read_resource_rows, read_self_assessments
from learnerfirst.content.learner_samples import sample_learners
from learnerfirst.errors import ContentError


@pytest.fixture(scope="module")
def gaps() -> pd.DataFrame:
    rows = pd.DataFrame(sample_self_assessments())
    found = lf.competency_gaps(rows, profile_frame())
    return found.set_index(["role", "competency"])


def profile_frame() -> pd.DataFrame:
    return pd.DataFrame([row for profile in sample_profiles() for row in profile.frame()])


def test_roles_are_those_of_the_learner_survey() -> None:
    surveyed = {str(learner["role"]) for learner in sample_learners() if "role" in learner}
    assert {profile.role.casefold() for profile in sample_profiles()} <= surveyed


def test_the_planted_findings_are_there(gaps: pd.DataFrame) -> None:
    operator = gaps.loc["Machine operator"]
    assert operator.loc["fault_finding", "split_alarm"]
    assert gaps["split_alarm"].sum() == 1
    assert operator["share_below"].idxmax() == "new_steel"
    assert operator.loc["safe_work", "share_below"] == 0
    holes = lf.curriculum_gaps(profile_frame(), pd.DataFrame(sample_resources()))
    assert holes.iloc[0][["competency", "reason"]].tolist() == ["new_steel", "no resource"]
    peers = lf.peer_experts(pd.DataFrame(sample_self_assessments()), profile_frame())
    alone = peers[peers["competency"].isin(["new_steel", "calming"])]
    assert sorted(alone["competency"]) == ["calming", "new_steel"]


def test_faults_name_file_line_and_column(tmp_path: Path) -> None:
    file = tmp_path / "self_assessments.csv"
    file.write_text(
        "person_id,role,competency,level\na,Cook,safe_work,1\nb,Machine operator,juggling,1\n"
        "c,Machine operator,safe_work,9\nd,Machine operator,safe_work,x\ne\n",
        encoding="utf-8",
    )
    with pytest.raises(ContentError) as error:
        read_self_assessments(file, sample_profiles())
    assert [fault.where for fault in error.value.faults] == [
        "self_assessments.csv (line 2): role",
        "self_assessments.csv (line 3): competency",
        "self_assessments.csv (line 4): level",
        "self_assessments.csv (line 5): level",
        "self_assessments.csv (line 6)",
    ]
    other = tmp_path / "resources.csv"
    head = (data_folder() / "samples" / "resources.csv").read_text(encoding="utf-8").splitlines()[0]
    other.write_text(f"{head}\n,a,3,1,,,,,\n", encoding="utf-8")
    with pytest.raises(ContentError) as error:
        read_resource_rows(other)
    assert len(error.value.faults) == 2
    other.write_text("a,b\n", encoding="utf-8")
    with pytest.raises(ContentError, match="the columns resource, competency"):
        read_resource_rows(other)
