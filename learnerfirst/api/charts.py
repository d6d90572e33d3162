"""Pictures of gaps, from frames."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from learnerfirst.content import texts


def gap_heatmap(gaps: Any, names: Mapping[str, str] | None = None, by: Sequence[str] = ("role",)) -> Any:
    """The share below the required level as an Altair heatmap: a row a competency, the worst first, a column a group.

    ``gaps``: what :func:`competency_gaps` gives with the same ``by``, of any engine. ``names``: competency to the name that is
    shown. What is hidden stays hidden. Raises InvalidInput where columns are missing.

    >>> rows = [{"role": "Coach", "competency": "asking", "share_below": 0.75, "n": 8, "hidden": None}]
    >>> gap_heatmap(rows, {"asking": "Asking"}).to_dict()["description"].partition(";")[2]
    ' the largest share below is 75% of Coach in Asking.'
    """
    from learnerfirst.charts.gap_charts import gap_heatmap as heatmap

    return heatmap(gaps, texts("gap_charts"), names, by)


def quadrant_chart(gaps: Any, profile: Any, names: Mapping[str, str] | None = None) -> Any:
    """Importance against mean level as an Altair chart, a panel a role, parted by the crosshair (Martilla & James 1977).

    ``gaps``: what :func:`competency_gaps` gives by role, with the crosshair at the data's mean; ``profile``: the same that it took.
    Mean level = required - mean gap. Raises InvalidInput where columns are missing.

    >>> needs = [{"role": "Coach", "competency": key, "required": 4, "importance": weight}
    ...          for key, weight in (("asking", 5), ("notes", 2))]
    >>> gaps = [{"role": "Coach", "competency": "asking", "mean_gap": 2, "quadrant": "concentrate here"},
    ...         {"role": "Coach", "competency": "notes", "mean_gap": 0, "quadrant": "possible overkill"}]
    >>> quadrant_chart(gaps, needs).to_dict()["description"]
    'Importance and level. Important and low: asking.'
    """
    from learnerfirst.charts.gap_charts import quadrant_chart as quadrants

    return quadrants(gaps, profile, texts("gap_charts"), names)


def priority_chart(
    priorities: Any,
    names: Mapping[str, str] | None = None,
    by: Sequence[str] = ("role",),
    confidence: float = 0.9,
) -> Any:
    """Priority scores with their intervals as an Altair chart, a panel a group; filled: cannot be told apart from the first.

    ``priorities``: what :func:`development_priorities` gives with the same ``by`` and ``confidence``. Raises InvalidInput where
    columns are missing.

    >>> rows = [{"role": "Coach", "competency": "asking", "rank": 1, "mwds": 7, "low": 5, "high": 9, "tied_with_first": True}]
    >>> priority_chart(rows).to_dict()["description"]
    'What to develop first. First: asking. Cannot be told apart from it: none.'
    """
    from learnerfirst.charts.gap_charts import priority_chart as priority

    return priority(priorities, texts("gap_charts"), names, by, confidence)
