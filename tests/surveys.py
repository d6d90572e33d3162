"""Surveys for tests: learners planted in groups, the fixture from Google Forms, and frames of every kind."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from learnerfirst.personas import Detail, Persona

GOOGLE = Path(__file__).parent / "fixtures" / "surveys" / "google_forms.csv"
ONE, SEVERAL = [f"one{n}" for n in range(8)], [f"many{n}" for n in range(6)]
LEVELS = 6


def planted(
    learners: int, groups: int, seed: int, keep: float = 0.7, missing: float = 0.1
) -> tuple[pd.DataFrame, np.ndarray[Any, Any], list[Persona]]:
    """Learners of ``groups`` groups on 14 fields, the group of each, and the persona of each group."""
    rng = np.random.default_rng(seed)
    group = rng.integers(0, groups, learners)
    columns: dict[str, Any] = {"learner_id": [f"p{n}" for n in range(learners)]}
    details: list[dict[str, Detail]] = [{} for _ in range(groups)]
    for field in ONE:
        own = rng.integers(0, LEVELS, groups)
        said = np.where(rng.random(learners) < keep, own[group], rng.integers(0, LEVELS, learners))
        columns[field] = [f"{field}_{n}" for n in said]
        for at in range(groups):
            details[at][field] = Detail(f"{field}_{own[at]}")
    for field in SEVERAL:
        chances = np.full((groups, LEVELS), 0.15)
        for at in range(groups):
            own = rng.choice(LEVELS, 3, replace=False)
            chances[at, own] = keep
            details[at][field] = Detail(tuple(f"{field}_{n}" for n in sorted(own)))
        picks = rng.random((learners, LEVELS)) < chances[group]
        columns[field] = [";".join(f"{field}_{n}" for n in np.flatnonzero(row)) for row in picks]
    frame = pd.DataFrame(columns)
    for field in [*ONE, *SEVERAL]:
        frame.loc[rng.random(learners) < missing, field] = None
    personas = [Persona(f"group_{at}", f"Group {at}", details[at]) for at in range(groups)]
    return frame, group, personas


def google_forms() -> pd.DataFrame:
    """The fixture as somebody would map it by hand: no time stamp, no free text, several choices as lists."""
    with GOOGLE.open(encoding="utf-8", newline="") as stream:
        head, *rows = list(csv.reader(stream))
    columns: dict[str, Any] = {"learner_id": list(range(1, len(rows) + 1))}
    for at, name in enumerate(head[1:-1], start=1):
        cells = [row[at] for row in rows]
        if "Mehrfachauswahl" in name:
            columns[name] = [cell.split(", ") if cell else None for cell in cells]
        elif "Kilometer" in name:
            columns[name] = [float(cell.replace(",", ".")) if cell else None for cell in cells]
        else:
            columns[name] = [cell or None for cell in cells]
    return pd.DataFrame(columns)
