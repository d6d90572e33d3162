"""Discovery: latent classes reach published likelihoods, find planted groups, and say how sure they are."""

from __future__ import annotations

import hypothesis.strategies as st
import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from sklearn.metrics import adjusted_rand_score

import learnerfirst as lf
from learnerfirst.content.learner_samples import sample_learners
from learnerfirst.coverage.latent_classes import (
    choose_classes,
    entropy_sureness,
    fit_classes,
    memberships,
)
from learnerfirst.errors import InvalidInput
from tests.surveys import ONE, google_forms, planted

# Law School Admission Test, section 6: how often each pattern of right (1) and wrong (0) answers to five questions
# came among 1,000 people (Bock & Lieberman 1970). Patterns that nobody gave are left out.
LSAT6 = {
    "00000": 3, "00001": 6, "00010": 2, "00011": 11, "00100": 1, "00101": 1, "00110": 3, "00111": 4, "01000": 1,
    "01001": 8, "01011": 16, "01101": 3, "01110": 2, "01111": 15, "10000": 10, "10001": 29, "10010": 14, "10011": 81,
    "10100": 3, "10101": 28, "10110": 15, "10111": 80, "11000": 16, "11001": 56, "11010": 21, "11011": 173,
    "11100": 11, "11101": 61, "11110": 28, "11111": 298,
}  # fmt: skip
ITEMS = np.array([list(map(int, pattern)) for pattern, n in LSAT6.items() for _ in range(n)], dtype=np.int16)
TWO = (2,) * 5


def lsat6() -> pd.DataFrame:
    return pd.DataFrame(ITEMS.astype(str), columns=list("abcde")).assign(learner_id=range(1000))


@pytest.mark.parametrize(("classes", "log_likelihood"), [(1, -2493.4367), (2, -2467.4055)])
def test_lsat6_reaches_the_published_log_likelihood(classes: int, log_likelihood: float) -> None:
    assert len(ITEMS) == 1000
    for seed in range(3):
        assert fit_classes(ITEMS, TWO, classes, seed).log_likelihood == pytest.approx(
            log_likelihood, abs=1e-3
        )


def test_lsat6_through_the_public_function_has_the_same_curve() -> None:
    found = lf.discover_personas(lsat6(), n=2)
    assert found.log_likelihood == pytest.approx(-2467.4055, abs=1e-3)
    steps = lf.discover_personas(lsat6()).curve
    assert [step.classes for step in steps[:2]] == [1, 2]
    assert steps[1].parameters == 11
    assert steps[1].bic == pytest.approx(11 * np.log(1000) + 2 * 2467.4055, abs=0.01)


def test_one_class_is_the_shares_of_everybody() -> None:
    fit = fit_classes(ITEMS, TWO, 1)
    assert fit.answers[0, 1::2] == pytest.approx(ITEMS.mean(axis=0))


def test_gaps_add_nothing_to_the_likelihood() -> None:
    gap = np.full((50, 5), -1, dtype=np.int16)
    alone, together = fit_classes(ITEMS, TWO, 2), fit_classes(np.vstack([ITEMS, gap]), TWO, 2)
    assert together.log_likelihood == pytest.approx(alone.log_likelihood, abs=1e-3)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000), st.floats(0, 0.5))
def test_the_likelihood_never_falls_with_more_classes_and_memberships_sum_to_one(
    seed: int, gaps: float
) -> None:
    rng = np.random.default_rng(seed)
    items = rng.integers(0, 3, (60, 4)).astype(np.int16)
    items[rng.random(items.shape) < gaps] = -1
    fits = [fit_classes(items, (3,) * 4, classes, seed) for classes in (1, 2, 3)]
    assert fits[0].log_likelihood <= fits[1].log_likelihood + 1e-6
    assert fits[0].log_likelihood <= fits[2].log_likelihood + 1e-6
    found = memberships(items, fits[2])
    assert found.sum(axis=1) == pytest.approx(np.ones(60))
    assert found.min() >= 0


def test_five_planted_groups_of_a_thousand_learners_are_found() -> None:
    for seed in range(3):
        frame, group, _ = planted(1000, 5, seed)
        found = lf.discover_personas(frame, seed=seed)
        assert len(found.personas) == 5
        assert min(found.curve, key=lambda step: step.bic).classes == 5
        assert adjusted_rand_score(group, found.assignments["persona"]) >= 0.9
        assert found.sure > 0.9


def test_answers_by_chance_are_one_group() -> None:
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({name: rng.choice(list("abc"), 400) for name in ONE}).assign(learner_id=range(400))
    found = lf.discover_personas(frame)
    assert [persona.name for persona in found.personas] == ["All learners"]
    assert found.groups[0].size == 400


def test_sureness_goes_from_chance_to_no_doubt() -> None:
    assert entropy_sureness(np.full((10, 4), 0.25)) == pytest.approx(0)
    assert entropy_sureness(np.eye(4)) == pytest.approx(1, abs=1e-6)
    assert 0 < entropy_sureness(np.array([[0.9, 0.1], [0.4, 0.6]])) < 1


@pytest.mark.parametrize("survey", [lambda: pd.DataFrame(sample_learners()), google_forms])
def test_discovered_personas_cover_the_survey_they_come_from(survey: object) -> None:
    assert callable(survey)
    frame = survey()
    found = lf.discover_personas(frame)
    coverage = lf.persona_coverage(frame, found.personas)
    assert coverage.share is not None
    assert coverage.share > 0.9
    assert not coverage.overlaps


def test_the_four_groups_of_the_google_forms_survey_are_told_apart() -> None:
    found = lf.discover_personas(google_forms())
    area = "In welchem Bereich arbeiten Sie?"
    assert sorted(group.size for group in found.groups) == [26, 30, 34, 44]
    assert {str(persona.value(area)) for persona in found.personas} == {"Pflege", "Küche", "Verwaltung"}
    assert any("Nachtdienst" in persona.name for persona in found.personas)


def test_discovered_personas_are_evidence_with_size_typical_answers_and_how_sure() -> None:
    found = lf.discover_personas(pd.DataFrame(sample_learners()))
    assert len({persona.name for persona in found.personas}) == len(found.personas)
    assert len({persona.id for persona in found.personas}) == len(found.personas)
    assert sum(group.size for group in found.groups) == 200
    for group in found.groups:
        filled, fields = group.persona.evidence
        assert filled == fields > 0
        assert group.persona.size == group.size == len(group.persona.members)
        assert 0.5 < group.sure <= 1
        assert group.words.startswith("More often than the others they say")
        assert {detail.source for detail in group.persona.details.values()} == {"survey"}


def test_the_same_seed_finds_the_same_whatever_the_order_and_the_kind_of_frame() -> None:
    frame, _, _ = planted(300, 3, 11)
    first = lf.discover_personas(frame, seed=4)
    again = lf.discover_personas(frame.sample(frac=1, random_state=2), seed=4)
    polars = lf.discover_personas(pl.from_pandas(frame), seed=4)
    assert first.personas == again.personas == polars.personas
    assert isinstance(polars.assignments, pl.DataFrame)
    assert polars.assignments.columns == ["learner_id", "persona", "sure"]
    assert first.log_likelihood == pytest.approx(polars.log_likelihood)


def test_the_number_of_groups_can_be_given() -> None:
    frame, _, _ = planted(300, 3, 12)
    found = lf.discover_personas(frame, n=2)
    assert len(found.personas) == 2
    assert [step.classes for step in found.curve] == [2]


def test_no_group_has_fewer_than_five_people() -> None:
    frame, _, _ = planted(120, 3, 13)
    found = lf.discover_personas(frame, n=20)
    assert min(group.size for group in found.groups) >= 5
    assert sum(group.size for group in found.groups) == 120


def test_under_a_hundred_learners_discovery_refuses_and_says_why() -> None:
    frame, _, _ = planted(100, 2, 14)
    assert lf.discover_personas(frame).groups
    with pytest.raises(InvalidInput, match="100 or more: groups found among fewer"):
        lf.discover_personas(frame.head(99))


@pytest.mark.parametrize("n", [0, 21, -1, 2.0, True, "3"])
def test_a_number_of_groups_out_of_range_is_refused(n: object) -> None:
    frame, _, _ = planted(100, 2, 15)
    with pytest.raises(InvalidInput, match="a whole number from 1 to 20"):
        lf.discover_personas(frame, n=n)  # type: ignore[arg-type]


def test_learners_who_all_answer_the_same_have_no_groups() -> None:
    frame = pd.DataFrame({"learner_id": range(150), "shift": ["nights"] * 150})
    with pytest.raises(InvalidInput, match="no field on which learners differ"):
        lf.discover_personas(frame)


def test_classes_are_fitted_on_a_sample_and_applied_to_all() -> None:
    frame, group, _ = planted(25_000, 3, 16)
    found = lf.discover_personas(frame[["learner_id", *ONE]], n=3)
    assert found.fitted == 20_000
    assert len(found.assignments) == 25_000
    assert adjusted_rand_score(group, found.assignments["persona"]) >= 0.9


def test_two_worse_steps_end_the_search_for_the_number_of_classes() -> None:
    best, tried = choose_classes(ITEMS, TWO, 8)
    assert best.count <= 2
    assert len(tried) == best.count + 2
