"""Reliability and agreement against published values and independent computations."""

from __future__ import annotations

import math
import subprocess
import sys

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import least_squares

from learnerfirst.errors import InvalidInput
from learnerfirst.psychometrics import agreement, reliability

# R datasets::attitude (Chatterjee & Price 1977): rating, complaints, privileges, learning, raises, critical, advance.
ATTITUDE_ITEMS = ["rating", "complaints", "privileges", "learning", "raises", "critical", "advance"]
ATTITUDE = np.array(
    [
        [43, 51, 30, 39, 61, 92, 45], [63, 64, 51, 54, 63, 73, 47], [71, 70, 68, 69, 76, 86, 48],
        [61, 63, 45, 47, 54, 84, 35], [81, 78, 56, 66, 71, 83, 47], [43, 55, 49, 44, 54, 49, 34],
        [58, 67, 42, 56, 66, 68, 35], [71, 75, 50, 55, 70, 66, 41], [72, 82, 72, 67, 71, 83, 31],
        [67, 61, 45, 47, 62, 80, 41], [64, 53, 53, 58, 58, 67, 34], [67, 60, 47, 39, 59, 74, 41],
        [69, 62, 57, 42, 55, 63, 25], [68, 83, 83, 45, 59, 77, 35], [77, 77, 54, 72, 79, 77, 46],
        [81, 90, 50, 72, 60, 54, 36], [74, 85, 64, 69, 79, 79, 63], [65, 60, 65, 75, 55, 80, 60],
        [65, 70, 46, 57, 75, 85, 46], [50, 58, 68, 54, 64, 78, 52], [50, 40, 33, 34, 43, 64, 33],
        [64, 61, 52, 62, 66, 80, 41], [53, 66, 52, 50, 63, 80, 37], [40, 37, 42, 58, 50, 57, 49],
        [63, 54, 42, 48, 66, 75, 33], [66, 77, 66, 63, 88, 76, 72], [78, 75, 58, 74, 80, 78, 49],
        [48, 57, 44, 45, 51, 83, 38], [85, 85, 71, 71, 77, 74, 55], [82, 82, 39, 59, 64, 78, 39],
    ],
    dtype=float,
)  # fmt: skip
# LSAT section 6 (Bock & Lieberman 1970): five right-or-wrong answers as a word, and how many of 1,000 gave them.
LSAT6 = {
    "00000": 3, "00001": 6, "00010": 2, "00011": 11, "00100": 1, "00101": 1, "00110": 3, "00111": 4,
    "01000": 1, "01001": 8, "01011": 16, "01101": 3, "01110": 2, "01111": 15, "10000": 10, "10001": 29,
    "10010": 14, "10011": 81, "10100": 3, "10101": 28, "10110": 15, "10111": 80, "11000": 16, "11001": 56,
    "11010": 21, "11011": 173, "11100": 11, "11101": 61, "11110": 28, "11111": 298,
}  # fmt: skip


def lsat6() -> np.ndarray:
    return np.array(
        [[int(mark) for mark in word] for word, times in LSAT6.items() for _ in range(times)], float
    )


def omega_by_least_squares(rows: np.ndarray) -> float:
    """Omega from one factor that leaves the least squared residuals off the diagonal, by a general optimiser."""
    correlations = np.corrcoef(rows, rowvar=False)
    off = np.triu_indices(len(correlations), 1)

    def residuals(loadings: np.ndarray) -> np.ndarray:
        return (correlations - np.outer(loadings, loadings))[off]

    loadings = least_squares(residuals, np.full(len(correlations), 0.5), xtol=1e-12, ftol=1e-12).x
    return float(loadings.sum() ** 2 / (loadings.sum() ** 2 + (1 - loadings**2).sum()))


def test_alpha_of_attitude_is_the_published_one() -> None:
    found = reliability(pd.DataFrame(ATTITUDE, columns=ATTITUDE_ITEMS))
    assert (found.n, found.dropped, found.k) == (30, 0, 7)
    assert round(found.alpha, 3) == 0.843
    assert round(found.standardised_alpha, 2) == 0.84


def test_alpha_of_right_or_wrong_items_is_the_published_kr20_of_lsat6() -> None:
    found = reliability(lsat6())
    assert found.n == 1000
    assert round(found.alpha, 3) == 0.295


def test_attitude_without_one_item_and_item_rest_agree_with_the_output_of_r_psych() -> None:
    found = reliability(pd.DataFrame(ATTITUDE, columns=ATTITUDE_ITEMS))
    without = {name: round(value, 2) for name, value in found.alpha_if_deleted.items() if value is not None}
    rest = {name: round(value, 2) for name, value in found.item_rest.items() if value is not None}
    assert without == dict(zip(ATTITUDE_ITEMS, [0.81, 0.80, 0.83, 0.80, 0.80, 0.86, 0.84], strict=True))
    assert rest == dict(zip(ATTITUDE_ITEMS, [0.67, 0.74, 0.56, 0.71, 0.79, 0.27, 0.46], strict=True))


def test_feldt_interval_covers_a_known_alpha_as_often_as_it_says() -> None:
    # Four parallel items, true score and error of like variance: alpha is 4 / (4 + 1) = 0.8 in the population.
    draw = np.random.default_rng(3)
    rounds, inside = 600, 0
    for _ in range(rounds):
        rows = draw.normal(size=(25, 1)) + draw.normal(size=(25, 4))
        low, high = reliability(rows, confidence=0.9).interval
        inside += low <= 0.8 <= high
    assert 0.86 < inside / rounds < 0.94


def test_feldt_interval_widens_with_confidence_and_narrows_with_people() -> None:
    narrow, wide = (reliability(ATTITUDE, confidence).interval for confidence in (0.8, 0.99))
    assert wide[0] < narrow[0] < reliability(ATTITUDE).alpha < narrow[1] < wide[1]
    many = reliability(np.vstack([ATTITUDE] * 4), 0.8).interval
    assert narrow[0] < many[0] < many[1] < narrow[1]


@pytest.mark.parametrize("rows", [ATTITUDE, lsat6()], ids=["attitude", "lsat6"])
def test_omega_agrees_with_an_independent_least_squares_fit(rows: np.ndarray) -> None:
    assert reliability(rows).omega == pytest.approx(omega_by_least_squares(rows), abs=1e-5)


def test_omega_of_a_known_factor_is_recovered() -> None:
    loadings = np.array([0.8, 0.7, 0.6, 0.5])
    draw = np.random.default_rng(1)
    common, own = draw.normal(size=(40_000, 1)), draw.normal(size=(40_000, 4))
    found = reliability(common * loadings + own * np.sqrt(1 - loadings**2))
    assert found.omega == pytest.approx(2.6**2 / (2.6**2 + (1 - loadings**2).sum()), abs=0.01)
    assert found.loadings is not None
    assert list(found.loadings.values()) == pytest.approx(list(loadings), abs=0.02)


def test_omega_is_left_out_where_one_factor_cannot_be_fitted() -> None:
    assert reliability(ATTITUDE[:, :2]).omega is None
    # Correlations .9, .9 and .65 ask of the first item a shared variance of .81 / .65, more than it has.
    wanted = np.array([[1, 0.9, 0.9], [0.9, 1, 0.65], [0.9, 0.65, 1]])
    free = np.linalg.qr(ATTITUDE[:, :3] - ATTITUDE[:, :3].mean(axis=0))[0]
    found = reliability(free @ np.linalg.cholesky(wanted).T)
    assert (found.omega, found.loadings) == (None, None)
    assert found.alpha == pytest.approx(3 / 2 * (1 - 3 / wanted.sum()))


def test_two_items_have_no_alpha_if_one_is_deleted() -> None:
    found = reliability(ATTITUDE[:, :2])
    assert found.alpha_if_deleted == {"0": None, "1": None}
    assert found.item_rest["0"] == pytest.approx(np.corrcoef(ATTITUDE[:, :2], rowvar=False)[0, 1])


def test_rows_with_gaps_are_dropped_before_n_is_counted() -> None:
    gaps = np.vstack([ATTITUDE, [np.nan, 1, 1, 1, 1, 1, 1], [1, 1, 1, np.nan, 1, 1, 1]])
    found = reliability(gaps)
    assert (found.n, found.dropped) == (30, 2)
    assert found.interval == reliability(ATTITUDE).interval


@pytest.mark.parametrize("kind", ["pandas", "polars", "lazy polars", "list"])
def test_any_kind_of_frame_gives_the_same(kind: str) -> None:
    frames = {
        "pandas": pd.DataFrame(ATTITUDE, columns=ATTITUDE_ITEMS),
        "polars": pl.DataFrame(ATTITUDE, schema=ATTITUDE_ITEMS),
        "lazy polars": pl.LazyFrame(ATTITUDE, schema=ATTITUDE_ITEMS),
        "list": ATTITUDE.tolist(),
    }
    assert reliability(frames[kind]).alpha == pytest.approx(reliability(ATTITUDE).alpha, abs=1e-12)
    with_gap = pl.DataFrame({"a": [1, 2, None, 4], "b": [1, 3, 3, 4]})
    assert (reliability(with_gap).n, agreement(with_gap).dropped) == (3, 1)


@pytest.mark.parametrize(
    ("items", "said"),
    [
        (ATTITUDE[:, :1], "1 columns"),
        (ATTITUDE[:2], "2 complete of 2"),
        (np.column_stack([ATTITUDE[:, 0], np.full(30, 4.0)]), "item 1: found 4 in every complete row"),
        (pd.DataFrame({"a": ["x", "y", "z"], "b": [1, 2, 3]}), "item a: found values that are not numbers"),
        (np.array([[1, 2], [2, np.inf], [3, 1]]), "item 1: found an infinite value"),
        (np.array([[1.0, -1.0], [2.0, -2.0], [3.0, -3.0]]), "every row has the same sum"),
        ([1, 2, 3], "1 dimensions"),
        ("text", "found str"),
    ],
)
def test_what_cannot_be_computed_is_an_error_that_says_what(items: object, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        reliability(items)


def test_every_constant_and_every_wrong_column_is_named_at_once() -> None:
    frame = pd.DataFrame({"a": [1, 2, 3], "b": ["x"] * 3, "c": [1, 2, math.inf]})
    with pytest.raises(InvalidInput) as caught:
        reliability(frame)
    assert [fault.where for fault in caught.value.faults] == ["item b", "item c"]
    with pytest.raises(InvalidInput) as caught:
        reliability(pd.DataFrame({"a": [1, 2, 3], "b": [1, 1, 1], "c": [2, 2, 2]}))
    assert [fault.where for fault in caught.value.faults] == ["item b", "item c"]


@pytest.mark.parametrize("confidence", [0, 1, 95, -0.5])
def test_confidence_is_a_probability(confidence: float) -> None:
    with pytest.raises(InvalidInput, match="between 0 and 1"):
        reliability(ATTITUDE, confidence)


def test_r_wg_follows_the_formula_of_james_demaree_and_wolf() -> None:
    # Five options: chance has variance (25 - 1) / 12 = 2. Variances by hand: 0.3, 0, and 4 (further than chance).
    rows = np.array([[4, 3, 1], [4, 3, 5], [5, 3, 1], [4, 3, 5], [5, 3, 3]], float)
    found = agreement(rows, options=5)
    assert [round(value, 6) for value in found.r_wg.values()] == [0.85, 1.0, 0.0]
    assert (found.n, found.dropped, found.options) == (5, 0, 5)


def test_agreement_refuses_answers_that_the_options_cannot_give_and_single_rows() -> None:
    with pytest.raises(InvalidInput, match="item 1: found values from 1 to 5"):
        agreement(np.array([[1, 1], [2, 5]]), options=4)
    with pytest.raises(InvalidInput, match="1 complete of 1"):
        agreement(np.array([[1, 1]]))
    for wrong in (1, 2.5, True):
        with pytest.raises(InvalidInput, match="options"):
            agreement(ATTITUDE, options=wrong)  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None)
@given(st.permutations(range(30)), st.permutations(range(7)), st.floats(0.1, 10), st.floats(-50, 50))
def test_alpha_ignores_order_and_unit(rows: list[int], columns: list[int], unit: float, shift: float) -> None:
    moved = reliability(ATTITUDE[rows][:, columns] * unit + shift)
    assert moved.alpha == pytest.approx(reliability(ATTITUDE).alpha)
    assert moved.omega == pytest.approx(reliability(ATTITUDE).omega)


def test_importing_psychometrics_loads_neither_numpy_nor_scipy_nor_narwhals() -> None:
    code = "import sys, learnerfirst.psychometrics; print({'numpy', 'scipy', 'narwhals', 'pandas'} & set(sys.modules))"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "set()"
    )
