"""The count of a vote as a table for spreadsheets."""

from __future__ import annotations

from learnerfirst.exchange.spreadsheets import rows_csv
from learnerfirst.workshops.leader_count import VoteCount

COLUMNS = ("round", "kind", "candidate", "votes", "out")


def count_csv(count: VoteCount) -> bytes:
    """The rows of :meth:`learnerfirst.elections.Election.rows`, with yes and no for ``out``."""
    rows = [{**row, "out": "yes" if row["out"] else "no"} for row in count.election.rows()]
    return rows_csv(COLUMNS, [[row[name] for name in COLUMNS] for row in rows])
