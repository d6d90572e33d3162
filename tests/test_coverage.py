"""Coverage: learners fit who should, who fits none is found, described and drafted, on any frame."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import duckdb
import hypothesis.strategies as st
import ibis
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from sklearn.metrics import roc_auc_score

import learnerfirst as lf
from learnerfirst.content import texts
from learnerfirst.content.learner_samples import sample_learners, sample_personas
from learnerfirst.errors import InvalidInput, LearnerFirstError
from learnerfirst.personas import Detail, Persona, persona_from
from tests.surveys import google_forms, planted

COLUMNS = ["learner_id", "persona", "score", "fits"]
NIGHTS = Persona(
    "mira", "Mira", {"shift": Detail("nights"), "device": Detail(("shared_terminal", "own_phone"))}
)


def rows(**columns: Any) -> pd.DataFrame:
    length = len(next(iter(columns.values())))
    return pd.DataFrame({"learner_id": range(length), **columns})


def scores(frame: pd.DataFrame, *details: dict[str, Detail]) -> list[float]:
    personas = [Persona(f"p{at}", f"P{at}", detail) for at, detail in enumerate(details)]
    return [round(score, 4) for score in lf.persona_coverage(frame, personas).fits["score"]]


@pytest.fixture(scope="module")
def sample() -> pd.DataFrame:
    return pd.DataFrame(sample_learners())


# The fit in each kind of field, by hand.


def test_a_category_fits_or_does_not_whatever_its_capitals() -> None:
    frame = rows(site=["North", "south ", "NORTH", None], role=["a", "a", "a", "a"])
    assert scores(frame, {"site": Detail("north")}) == [1, 0, 1]


def test_a_step_on_an_ordered_field_halves_the_fit() -> None:
    bands = ["age_25_34", "age_35_44", "age_45_54", "age_under_25"]
    assert scores(rows(age_band=bands), {"age_band": Detail("age_25_34")}) == [1, 0.5, 0.25, 0.5]


def test_several_choices_fit_as_dice_says() -> None:
    frame = rows(device=["tablet;laptop", ["tablet"], ("paper",), {"tablet", "laptop", "paper"}])
    assert scores(frame, {"device": Detail(("tablet", "laptop"))}) == [1, 0.6667, 0, 0.8]


def test_a_number_one_standard_deviation_away_fits_half() -> None:
    frame = rows(hours=[1.0, 3.0, None])
    assert scores(frame, {"hours": Detail(1.0)}) == [1, 0.25]


def test_typical_answers_count_as_much_as_they_are_shared() -> None:
    detail = Detail("day", "evidence", "survey", shares={"day": 0.8, "night": 0.2})
    assert scores(rows(shift=["day", "night", "other"]), {"shift": detail}) == [1, 0.25, 0]


def test_the_score_is_the_weighted_mean_of_known_fields() -> None:
    frame = rows(a=["x", "x", None], b=["y", "n", "y"])
    persona = Persona("p", "P", {"a": Detail("x"), "b": Detail("y")})
    found = lf.persona_coverage(frame, [persona], weights={"b": 3})
    assert found.fits["score"].tolist() == [1, 0.25, 1]
    assert found.personas[0].weights == {"a": 1, "b": 3}


def test_levels_may_be_named_by_their_text() -> None:
    frame = rows(work_setting=["desk", "at a desk", "floor"])
    assert scores(frame, {"work_setting": Detail("At a desk")}) == [1, 1, 0]


def test_an_answer_that_nobody_in_the_survey_gave_is_missed_by_all() -> None:
    found = lf.persona_coverage(rows(site=["North"] * 6), [Persona("p", "P", {"site": Detail("Lisbon")})])
    assert found.fits["score"].tolist() == [0] * 6
    assert found.covered == 0


# Who fits, who fits none.


def test_planted_outsiders_have_the_lowest_scores_and_are_uncovered() -> None:
    for seed in range(4):
        frame, group, personas = planted(400, 5, seed)
        found = lf.persona_coverage(frame, personas[:4])
        best = found.fits.groupby("learner_id")["score"].max()[frame["learner_id"]]
        outside = group == 4
        assert roc_auc_score(outside, -best) >= 0.95
        left = frame["learner_id"].isin(list(found.uncovered))
        assert left[outside].mean() >= 0.8
        assert left[~outside].mean() <= 0.1


def test_the_draft_of_the_missing_persona_covers_the_outsiders() -> None:
    frame, group, personas = planted(400, 5, 1)
    missing = lf.persona_coverage(frame, personas[:4]).draft_persona()
    assert missing is not None
    found = lf.persona_coverage(frame, [*personas[:4], missing])
    assert found.share is not None
    assert found.share > 0.95
    drawn = pd.Series(found.closest)[group == 4]
    assert (drawn == missing.id).mean() > 0.85


def test_of_those_who_belong_nineteen_in_twenty_fit() -> None:
    frame, group, personas = planted(1000, 4, 5)
    for at, persona in enumerate(personas):
        members = frozenset(frame["learner_id"][group == at])
        found = lf.persona_coverage(frame, [replace(persona, members=members)])
        fits = found.fits.set_index("learner_id")["fits"]
        assert 0.93 <= fits[sorted(members)].mean() <= 0.97
        assert fits[~fits.index.isin(members)].mean() < 0.1
        assert found.personas[0].basis == "members"


def test_who_says_little_is_judged_on_that_little_and_who_says_nothing_is_not() -> None:
    frame, _, personas = planted(300, 3, 2)
    frame.loc[0, frame.columns[1:]] = None
    frame.loc[1, frame.columns[3:]] = None
    found = lf.persona_coverage(frame, personas)
    assert "p0" not in set(found.fits["learner_id"])
    assert found.unknown == 2
    assert found.closest[0] is None
    assert len(found.fits[found.fits["learner_id"] == "p1"]) == 3
    assert "p0" not in found.uncovered
    assert "Of 2 learners too little is known" in found.summary


def test_coverage_is_never_a_bare_percentage(sample: pd.DataFrame) -> None:
    found = lf.persona_coverage(sample[["learner_id", "department", "location"]], sample_personas())
    assert found.summary.startswith(f"{found.covered} of {found.told} learners")
    assert "fields in the middle case, and all of these are demographic" in found.summary


def test_no_personas_cover_nobody_and_the_draft_is_a_start() -> None:
    frame, _, _ = planted(200, 3, 3)
    found = lf.persona_coverage(frame, [])
    assert (found.covered, len(found.uncovered), len(found.fits)) == (0, 200, 0)
    assert list(found.fits.columns) == COLUMNS
    assert found.draft_persona() is not None


def test_a_retired_persona_covers_nobody() -> None:
    found = lf.persona_coverage(rows(shift=["nights"] * 5), [replace(NIGHTS, retired=True)])
    assert found.covered == 0


def test_fewer_than_five_uncovered_are_not_described() -> None:
    frame = rows(
        shift=["nights"] * 20 + ["office_hours"] * 4, device=["shared_terminal"] * 20 + ["laptop"] * 4
    )
    found = lf.persona_coverage(frame, [NIGHTS])
    assert len(found.uncovered) == 4
    assert (found.uncovered.groups, found.draft_persona()) == ((), None)
    assert "Fewer than 5" in str(found.uncovered)
    assert "laptop" not in str(found.uncovered)


def test_five_to_nine_uncovered_are_described_without_numbers() -> None:
    frame = rows(
        shift=["nights"] * 20 + ["office_hours"] * 7, device=["shared_terminal"] * 20 + ["laptop"] * 7
    )
    found = lf.persona_coverage(frame, [NIGHTS])
    draft = found.draft_persona()
    assert draft is not None
    assert "office hours" in found.uncovered.groups[0].words
    assert "%" not in found.uncovered.groups[0].words
    assert all(not detail.shares for detail in draft.details.values())


def test_nobody_uncovered_has_no_draft() -> None:
    found = lf.persona_coverage(rows(shift=["nights"] * 20), [NIGHTS])
    assert (len(found.uncovered), found.draft_persona(), found.share) == (0, None, 1)


# The sample organisation, and the survey of another shape.


def test_the_night_shift_of_the_sample_is_found_described_and_drafted(sample: pd.DataFrame) -> None:
    personas = sample_personas()
    found = lf.persona_coverage(sample, personas)
    nights = set(sample["learner_id"][(sample["shift"] == "nights") & (sample["language"] == "Portuguese")])
    assert len(nights) >= 18
    assert nights <= set(found.uncovered.groups[0].ids)
    words = str(found.uncovered)
    assert all(part in words for part in ("nights", "Portuguese", "under an hour"))
    draft = found.draft_persona()
    assert draft is not None
    assert draft.value("shift") == "nights"
    assert draft.value("device") == ("shared_terminal",)
    assert draft.evidence == (len(draft.details), len(draft.details))
    after = lf.persona_coverage(sample, [*personas, draft])
    assert found.share is not None
    assert after.share is not None
    assert found.share < 0.85
    assert after.share > 0.9


def test_a_draft_covers_the_same_after_a_file_forgot_its_members(sample: pd.DataFrame) -> None:
    personas = sample_personas()
    draft = lf.persona_coverage(sample, personas).draft_persona()
    assert draft is not None
    found = lf.persona_coverage(sample, [*personas, persona_from(draft.as_dict())])
    assert found.share is not None
    assert found.share > 0.9
    assert found.personas[-1].basis == "fields"


def test_drafting_again_and_again_ends_with_nobody_left_out(sample: pd.DataFrame) -> None:
    for frame in (sample, google_forms(), planted(300, 6, 4)[0]):
        personas: list[Persona] = []
        for _ in range(12):
            found = lf.persona_coverage(frame, personas)
            draft = found.draft_persona()
            if draft is None:
                break
            assert draft.name not in [persona.name for persona in personas]
            personas.append(draft)
        assert len(found.uncovered) < 5


def test_shares_of_a_draft_are_coarse_and_of_five_people_or_more(sample: pd.DataFrame) -> None:
    draft = lf.persona_coverage(sample, sample_personas()).draft_persona()
    assert draft is not None
    shares = [share for detail in draft.details.values() for share in detail.shares.values()]
    assert shares
    assert all(math.isclose(share * 20, round(share * 20)) for share in shares)
    group = sample[sample["learner_id"].isin(draft.members)]
    for field, detail in draft.details.items():
        for level in detail.shares:
            said = group[field].map(
                lambda cell, level=level: level in cell if isinstance(cell, tuple) else cell == level
            )
            assert said.sum() >= 5, (field, level)


# Overlaps.


def test_personas_of_the_same_people_are_named_with_the_field_that_tells_them_apart() -> None:
    frame, _, personas = planted(400, 3, 6)
    twin = replace(
        personas[0], id="twin", name="Twin", details={**personas[0].details, "one0": Detail("other")}
    )
    found = lf.persona_coverage(frame, [*personas, twin])
    assert [overlap.personas for overlap in found.overlaps] == [("Group 0", "Twin")]
    assert found.overlaps[0].tell_apart is not None
    assert found.overlaps[0].tell_apart.id == "one0"
    assert "one0 tells them apart" in found.overlaps[0].words


def test_where_no_filled_field_tells_two_apart_one_is_proposed_to_ask_about() -> None:
    half = ["desk", "floor"] * 20
    frame = rows(shift=["nights"] * 40, device=[["shared_terminal", "own_phone"]] * 40, work_setting=half)
    found = lf.persona_coverage(frame, [NIGHTS, replace(NIGHTS, id="noa", name="Noa")])
    overlap = found.overlaps[0]
    assert (overlap.share, overlap.filled) == (1, False)
    assert overlap.tell_apart is not None
    assert overlap.tell_apart.id == "work_setting"


def test_personas_with_the_same_name_are_told_apart_by_their_ids() -> None:
    found = lf.persona_coverage(rows(shift=["nights"] * 5), [NIGHTS, replace(NIGHTS, id="other")])
    assert set(found.fits["persona"]) == {"Mira (mira)", "Mira (other)"}


# Frames.


def as_ibis(frame: pd.DataFrame) -> Any:
    return ibis.memtable(frame)


FRAMES = {
    "pandas": (lambda frame: frame, pd.DataFrame),
    "polars": (pl.from_pandas, pl.DataFrame),
    "polars lazy": (lambda frame: pl.from_pandas(frame).lazy(), pl.LazyFrame),
    "pyarrow": (lambda frame: pa.Table.from_pandas(frame, preserve_index=False), pa.Table),
    "duckdb": (
        lambda frame: duckdb.from_arrow(pa.Table.from_pandas(frame, preserve_index=False)),
        duckdb.DuckDBPyRelation,
    ),
    "ibis": (as_ibis, ibis.expr.types.Table),
}


@pytest.mark.parametrize("kind", FRAMES)
def test_the_same_kind_of_frame_comes_back_with_the_same_numbers(kind: str) -> None:
    frame, _, personas = planted(150, 3, 8)
    make, native = FRAMES[kind]
    expected = lf.persona_coverage(frame, personas[:2])
    found = lf.persona_coverage(make(frame), personas[:2])
    assert isinstance(found.fits, native)
    table = as_pandas(found.fits)
    assert list(table.columns) == COLUMNS
    order = ["persona", "learner_id"]
    ours, theirs = (part.sort_values(order).reset_index(drop=True) for part in (expected.fits, table))
    assert (ours[["learner_id", "persona", "fits"]] == theirs[["learner_id", "persona", "fits"]]).all(
        axis=None
    )
    assert np.allclose(ours["score"], theirs["score"].astype(float))
    assert str(found.uncovered) == str(expected.uncovered)


def as_pandas(native: Any) -> pd.DataFrame:
    import narwhals as nw

    frame = nw.from_native(native)
    collected = frame.collect() if isinstance(frame, nw.LazyFrame) else frame
    return pd.DataFrame({name: collected[name].to_list() for name in collected.columns})


def test_a_list_column_of_polars_is_several_choices() -> None:
    frame = pl.DataFrame({"learner_id": [1, 2], "device": [["shared_terminal", "own_phone"], None]})
    assert lf.persona_coverage(frame, [NIGHTS]).fits["score"].to_list() == [1.0]


def test_another_order_of_rows_changes_nothing() -> None:
    frame, _, personas = planted(250, 4, 9)
    shuffled = frame.sample(frac=1, random_state=1)
    one, other = (lf.persona_coverage(part, personas[:2]) for part in (frame, shuffled))
    key = ["learner_id", "persona"]
    assert (
        one.fits.sort_values(key)
        .reset_index(drop=True)
        .equals(other.fits.sort_values(key).reset_index(drop=True))
    )
    assert str(one.uncovered) == str(other.uncovered)
    assert one.draft_persona() == other.draft_persona()


# What is refused.


@pytest.mark.parametrize(
    ("learners", "said"),
    [
        ([1, 2], "a data frame"),
        (pd.DataFrame({"person": [1]}), "learner_id"),
        (pd.DataFrame({"learner_id": [1, 1]}), "one row a learner"),
        (pd.DataFrame({"learner_id": ["a", None]}), "first in row 2"),
        (pd.DataFrame({"learner_id": [1], "hours": [float("inf")]}), "infinite"),
    ],
)
def test_a_survey_that_cannot_be_read_is_refused_with_what_is_wrong(learners: Any, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        lf.persona_coverage(learners, [NIGHTS])


@pytest.mark.parametrize("weights", [{"shift": 0}, {"shift": True}, {"shift": math.nan}, {"age": 1}])
def test_weights_that_mean_nothing_are_refused(weights: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput, match="weights"):
        lf.persona_coverage(rows(shift=["nights"]), [NIGHTS], weights=weights)


def test_what_is_no_persona_is_refused_and_one_persona_may_not_come_twice() -> None:
    with pytest.raises(InvalidInput, match="a Persona"):
        lf.persona_coverage(rows(shift=["nights"]), [{"id": "mira"}])  # type: ignore[list-item]
    with pytest.raises(InvalidInput, match="each persona once"):
        lf.persona_coverage(rows(shift=["nights"]), [NIGHTS, NIGHTS])


def test_pay_health_and_names_are_left_out_and_that_is_said() -> None:
    frame = rows(shift=["nights"] * 6, salary=[1] * 6, name=["a"] * 6, illness=["x"] * 6)
    found = lf.persona_coverage(frame, [])
    draft = found.draft_persona()
    assert draft is not None
    assert set(draft.details) == {"shift"}
    assert [note.split()[0] for note in found.notes] == ["salary", "name", "illness"]


def test_free_text_is_left_out_and_that_is_said() -> None:
    found = lf.persona_coverage(
        rows(shift=["nights"] * 30, story=[f"story {n}" for n in range(30)]), [NIGHTS]
    )
    assert found.notes == (texts("coverage")["note_text"].format(field="story"),)


# Whatever stands in the cells.

LEVEL = st.sampled_from(["a", "b", "A ", "nights", "", " ", "x;y", "7", "\x00", "\ud800", "=1+1", "é" * 400])
CELL = st.one_of(
    st.none(), LEVEL, st.integers(-(10**20), 10**20), st.floats(), st.booleans(), st.text(max_size=8),
    st.lists(LEVEL, max_size=3), st.frozensets(LEVEL, max_size=3), st.dates(), st.tuples(LEVEL),
)  # fmt: skip
NAME = st.one_of(
    st.sampled_from(["shift", "device", "age_band", "goals", "hours", "salary"]),
    st.text(min_size=1, max_size=6),
)


@st.composite
def any_survey(draw: st.DrawFn) -> pd.DataFrame:
    length = draw(st.integers(0, 14))
    names = draw(st.lists(NAME, max_size=4, unique=True).filter(lambda names: "learner_id" not in names))
    cells = {name: draw(st.lists(CELL, min_size=length, max_size=length)) for name in names}
    return pd.DataFrame(
        {"learner_id": range(length), **{n: pd.Series(c, dtype=object) for n, c in cells.items()}}
    )


@st.composite
def any_persona(draw: st.DrawFn) -> Persona:
    values = st.one_of(
        LEVEL.filter(lambda text: text.isprintable() and len(text) < 300), st.floats(-1e9, 1e9)
    )
    fields = draw(st.lists(st.sampled_from(["shift", "device", "age_band", "goals", "hours"]), unique=True))
    return Persona("p", "P", {field: Detail(draw(values)) for field in fields})


@settings(max_examples=250, deadline=None)
@given(any_survey(), any_persona())
def test_whatever_stands_in_the_cells_scores_lie_in_0_1_or_an_error_of_ours_says_why(
    frame: pd.DataFrame, persona: Persona
) -> None:
    try:
        found = lf.persona_coverage(frame, [persona])
    except LearnerFirstError:
        return
    assert found.fits["score"].between(0, 1).all()
    assert found.told + found.unknown == len(frame) == found.learners
    assert found.covered + len(found.uncovered) == found.told
    assert not found.fits.duplicated(["learner_id", "persona"]).any()
    draft = found.draft_persona()
    assert (draft is None) == (not found.uncovered.groups)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 3), st.floats(0, 0.6))
def test_one_persona_more_never_lowers_coverage(seed: int, personas: int, missing: float) -> None:
    frame, _, all_of_them = planted(60, 4, seed, missing=missing)
    before = lf.persona_coverage(frame, all_of_them[:personas])
    after = lf.persona_coverage(frame, all_of_them[: personas + 1])
    assert after.covered >= before.covered


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_a_learner_who_answers_as_the_persona_says_scores_one_and_fits(seed: int) -> None:
    frame, _, personas = planted(40, 2, seed)
    for field, detail in personas[0].details.items():
        frame.loc[0, field] = ";".join(detail.value) if isinstance(detail.value, tuple) else detail.value
    found = lf.persona_coverage(frame, personas[:1]).fits.set_index("learner_id")
    assert found.loc["p0", "score"] == pytest.approx(1)
    assert found.loc["p0", "fits"]
