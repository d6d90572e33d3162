"""Levels as they come: one column a skill, in words, on another scale; made long, and mapped by a confirmed table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw
from narwhals import Implementation

from learnerfirst.errors import Fault
from learnerfirst.gaps.frames import Frame, invalid, open_frames
from learnerfirst.gaps.profile_frame import none_for_nan

MOST_LEVELS = 100
# Words that are met in skill matrices, by how far up a scale they usually lie (0-1). A proposal, to be confirmed.
USUAL = {
    **dict.fromkeys(("none", "no knowledge", "not at all", "unaware"), 0.0),
    **dict.fromkeys(("novice", "beginner", "awareness", "aware", "foundation", "fundamental", "entry"), 0.2),
    **dict.fromkeys(("basic", "elementary", "developing", "advanced beginner", "learner"), 0.4),
    **dict.fromkeys(("intermediate", "competent", "practitioner", "working", "independent"), 0.6),
    **dict.fromkeys(("proficient", "advanced", "skilled", "strong"), 0.8),
    **dict.fromkeys(("expert", "master", "mastery", "authority", "role model"), 1.0),
}


def long_assessments(
    wide: Any,
    competencies: Sequence[str] | None = None,
    person_id: str = "person_id",
    role: str = "role",
    keep: Sequence[str] = (),
) -> Any:
    """One row a person and competency, from one row a person with one column a skill.

    Parameters
    ----------
    wide : frame with the columns ``person_id`` and ``role`` (whatever they are called) and one for each skill
    competencies : the skill columns; None takes every column that is not named otherwise.
    keep : columns that pass through, such as department.

    Gives a frame of the same kind: ``person_id, role``, those of ``keep``, ``competency`` (the column's name),
    ``level``. Blanks stay blank. Raises InvalidInput: missing columns, skills partly in words and partly in numbers.

    >>> import pandas as pd
    >>> wide = pd.DataFrame({"person_id": ["a"], "role": ["coach"], "listening": [3], "asking": [None]})
    >>> long_assessments(wide)[["competency", "level"]].values.tolist()
    [['listening', 3.0], ['asking', nan]]
    """
    index = [person_id, role, *keep]
    [frame] = open_frames({"wide": (wide, [*index, *(competencies or ())])})
    skills = [name for name in frame.collect_schema().names() if name not in index]
    skills = skills if competencies is None else list(dict.fromkeys(competencies))
    schema = frame.collect_schema()
    numeric = [name for name in skills if schema[name].is_numeric()]
    worded = [name for name in skills if name not in numeric]
    if numeric:  # a column without any value has no type of its own
        worded = [name for name in worded if _different(frame, name)]
    if not skills or (numeric and worded):
        found = (
            f"numbers in {', '.join(numeric)}; words in {', '.join(worded)}" if skills else "no skill columns"
        )
        raise invalid(
            [Fault("wide", found, "one column or more, all numbers or all words; name them in competencies")]
        )
    kind = nw.String() if worded else nw.Float64()
    typed = frame.select(
        nw.col(person_id).alias("person_id"),
        nw.col(role).alias("role"),
        *keep,
        *(nw.col(name).cast(kind) for name in skills),
    )
    return _unpivoted(typed, skills, ["person_id", "role", *keep])


def level_table(
    assessments: Any, scale: tuple[float, float] = (0, 5), column: str = "level"
) -> dict[Any, float | None]:
    """Every level that occurs, with a proposal where it lies on ``scale``: to be read, changed and confirmed.

    Numbers are laid evenly, the lowest that occurs on the low end and the highest on the high end; words by their
    usual order; None where a word is unknown, and ``map_levels`` refuses the table until it is filled. Raises
    InvalidInput for more than 100 different values: that is no scale.

    >>> import pandas as pd
    >>> level_table(pd.DataFrame({"level": ["Proficient", "expert", "wizard", None]}))
    {'Proficient': 4.0, 'expert': 5.0, 'wizard': None}
    >>> level_table(pd.DataFrame({"level": [1, 3, 5]}))
    {1: 0.0, 3: 2.5, 5: 5.0}
    """
    [frame] = open_frames({"assessments": (assessments, [column])})
    found = sorted(_different(frame, column))
    low, high = scale
    if not found or not frame.collect_schema()[column].is_numeric():
        shares = {value: USUAL.get(str(value).strip().casefold()) for value in found if str(value).strip()}
    elif found[0] == found[-1]:
        shares = {found[0]: None}
    else:
        shares = {value: (value - found[0]) / (found[-1] - found[0]) for value in found}
    return {value: None if share is None else low + share * (high - low) for value, share in shares.items()}


def map_levels(assessments: Any, table: Mapping[Any, float | None], column: str = "level") -> Any:
    """The same frame with ``column`` as numbers by a confirmed table; blanks stay blank (None, NaN, empty text).

    ``table`` maps each word (capitals and spaces around don't matter) or number to a level. Raises InvalidInput
    naming every value that is not in the table, and table entries without a number. What occurs is looked up at
    once, also in lazy frames.

    >>> import pandas as pd
    >>> words = pd.DataFrame({"person_id": ["a", "b"], "level": ["Proficient", "none "]})
    >>> map_levels(words, {"none": 0, "proficient": 4})["level"].tolist()
    [4.0, 0.0]
    """
    [frame] = open_frames({"assessments": (assessments, [column])})
    numeric = frame.collect_schema()[column].is_numeric()
    wanted = {_plain(key): level for key, level in table.items()}
    unknown = [
        value for value in _different(frame, column) if _plain(value) not in wanted and _plain(value) != ""
    ]
    faults = [
        Fault(f"{column} {value!r}", "no entry in the table", "add it, with its level") for value in unknown
    ]
    faults += [
        Fault(f"table {key!r}", repr(level), "a number")
        for key, level in table.items()
        if isinstance(level, bool) or not isinstance(level, int | float) or not abs(level) < float("inf")
    ]
    if len(wanted) < len(table):
        faults.append(Fault("table", "words that differ only by capitals or spaces", "each once"))
    if not wanted:
        faults.append(Fault("table", "no entries", "one for each level; see level_table"))
    if faults:
        raise invalid(faults)
    value = nw.col(column) if numeric else nw.col(column).cast(nw.String).str.strip_chars().str.to_lowercase()
    mapped: nw.Expr = nw.lit(None, dtype=nw.Float64)
    for key, level in wanted.items():
        mapped = nw.when(value == key).then(nw.lit(float(level or 0))).otherwise(mapped)
    return frame.with_columns(mapped.alias(column)).to_native()


def _plain(value: Any) -> Any:
    return value.strip().lower() if isinstance(value, str) else value


def _different(frame: Frame, column: str) -> list[Any]:
    """The different values of a column, blanks left out; InvalidInput where there are more than any scale has."""
    values = frame.select(column).filter(~nw.col(column).is_null()).unique().head(MOST_LEVELS + 1)
    eager = values.collect() if isinstance(values, nw.LazyFrame) else values
    found = [value for value in eager[column].to_list() if none_for_nan(value) is not None]
    if len(found) > MOST_LEVELS:
        raise invalid([Fault(column, f"more than {MOST_LEVELS} different values", "the levels of one scale")])
    return found


def _unpivoted(frame: Frame, skills: list[str], index: list[str]) -> Any:
    if frame.implementation is not Implementation.DUCKDB:
        return frame.unpivot(skills, index=index, variable_name="competency", value_name="level").to_native()
    # Narwhals asks DuckDB's default connection here, which does not know relations of others.
    quoted = {name: '"' + name.replace('"', '""') + '"' for name in [*skills, *index]}
    columns, kept = (", ".join(quoted[name] for name in names) for names in (skills, index))
    unpivot = f"UNPIVOT INCLUDE NULLS (level FOR competency IN ({columns}))"
    return frame.to_native().query("assessed", f"SELECT {kept}, competency, level FROM assessed {unpivot}")
