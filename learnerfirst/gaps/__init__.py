"""From levels to gaps, priorities, holes in the curriculum and peers, on any data frame.

Written once in Narwhals: pandas, polars (eager and lazy), DuckDB relations, pyarrow, Ibis and PySpark go in, and the
same kind comes out. The rows are counted by group, competency and level in the engine; whatever follows works on
those few counts.
"""

from learnerfirst.gaps.competency_gaps import competency_gaps
from learnerfirst.gaps.curriculum import curriculum_gaps
from learnerfirst.gaps.individual import individual_gaps
from learnerfirst.gaps.levels import level_table, long_assessments, map_levels
from learnerfirst.gaps.peers import peer_experts
from learnerfirst.gaps.priorities import compare_priorities, development_priorities

__all__ = [
    "compare_priorities",
    "competency_gaps",
    "curriculum_gaps",
    "development_priorities",
    "individual_gaps",
    "level_table",
    "long_assessments",
    "map_levels",
    "peer_experts",
]
