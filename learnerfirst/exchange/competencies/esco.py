"""ESCO's CSV of skills: one concept a row, alternative labels separated by line breaks within one cell."""

from __future__ import annotations

from learnerfirst.exchange.competencies.framework import Framework, as_proposals
from learnerfirst.exchange.competencies.tables import Table, refused
from learnerfirst.success_profiles import Proposal

CREDIT = "This profile uses the ESCO classification of the European Commission. Reuse with acknowledgement."
URI, LABEL = ("concepturi",), ("preferredlabel",)
_GONE = ("obsolete", "deprecated")


def is_esco(table: Table) -> bool:
    """Whether a table has ESCO's columns."""
    return table.has("concepturi", "preferredlabel")


def framework(table: Table) -> Framework:
    """The skills in the table; those marked obsolete are left out, and a note says how many."""
    notes: list[str] = []
    rows, gone = [], 0
    for at, row in zip(table.sheet.numbers, table.sheet.rows, strict=True):
        name = table.cell(row, *LABEL)
        if not name:
            table.fault(at, LABEL, "", "a preferred label")
            continue
        if table.cell(row, "status").casefold() in _GONE:
            gone += 1
            continue
        text = table.cell(row, "description") or table.cell(row, "definition")
        labels = [*_lines(table.cell(row, "altlabels")), *_lines(table.cell(row, "hiddenlabels"))]
        group = table.cell(row, "skilltype", "skillstype")
        proposal = Proposal(
            "",
            name,
            text,
            group=group,
            labels=tuple(label for label in dict.fromkeys(labels) if label != name),
        )
        rows.append(("", proposal))
    table.finish()
    if gone:
        notes.append(f"{gone} concepts that ESCO marks as obsolete were left out.")
    if not rows:
        raise refused(table.sheet.file, "no skills", "rows with a preferred label")
    return Framework("esco", "ESCO", as_proposals(rows, notes), source=CREDIT, notes=tuple(notes))


def _lines(cell: str) -> list[str]:
    return [line.strip() for line in cell.splitlines() if line.strip()]
