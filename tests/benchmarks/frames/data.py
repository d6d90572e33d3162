"""Invented assessments as Parquet: 30 competencies a person, one level in ten blank, 20 large roles.

A last role has three people only: its rows are hidden, and beside each the smallest of the others.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

PEOPLE_ROWS = 30
ROLES = 20
ASSESSMENTS = f"""
    SELECT person AS person_id,
           'Regional sales consultant ' || (CASE WHEN person < 3 THEN {ROLES} ELSE person % {ROLES} END) AS role,
           'Handling objections in talks ' || competency AS competency,
           CASE WHEN hash(person, competency, 1) % 10 = 0 THEN NULL
                ELSE least(5, (hash(person, competency, 2) % 4) + (hash(person, 3) % 3)) END::BIGINT AS level
    FROM range({{people}}) AS people(person), range({PEOPLE_ROWS}) AS competencies(competency)
"""
PROFILE = f"""
    SELECT 'Regional sales consultant ' || role AS role, 'Handling objections in talks ' || competency AS competency,
           (2 + (role + competency) % 4)::DOUBLE AS required, (1 + (role * 7 + competency) % 5)::DOUBLE AS importance
    FROM range({ROLES} + 1) AS roles(role), range({PEOPLE_ROWS}) AS competencies(competency)
"""


def write(folder: Path, rows: int) -> Path:
    """``assessments.parquet`` of about ``rows`` rows and ``profile.parquet``, in a folder of their own."""
    place = folder / f"{rows}"
    if not place.exists():
        place.mkdir(parents=True)
        with duckdb.connect() as connection:
            for name, query in (
                ("assessments", ASSESSMENTS.format(people=rows // PEOPLE_ROWS)),
                ("profile", PROFILE),
            ):
                connection.execute(f"COPY ({query}) TO '{place / name}.parquet' (ROW_GROUP_SIZE 200000)")
    return place
