"""Tables and notes of released gaps, as markup; whatever people typed is escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from learnerfirst.gaps.told import Told, ranks
from learnerfirst.pages.gaps.words import listed, median_words, number, share_words
from learnerfirst.pages.markup import heading, listing, paragraph, table
from learnerfirst.workshops.gap_results import RoleGaps

Texts = Mapping[str, Any]
METHODS = ("mwds", "rds", "share_below", "mean_gap")
APART = 2
MOST_SAY_SO = 0.75


def below_words(one: Told, texts: Texts, counts: Mapping[str, str]) -> str:
    """How many are below what the job needs."""
    return share_words(one.below, one.n, texts["share"], counts)


def heat_table(shown: Sequence[RoleGaps], texts: Texts, counts: Mapping[str, str]) -> str:
    """The heatmap as a table: a row a competency, the worst first, a column a role."""
    words = texts["gaps"]
    found: dict[str, dict[str, Told]] = {}
    for role in shown:
        for one in role.told:
            found.setdefault(one.competency.name, {})[role.label] = one
    worst = sorted(found, key=lambda name: -max(one.share_below for one in found[name].values()))
    head = [words["heat_head"], *(f"{role.label} ({role.n})" for role in shown)]
    rows = []
    for name in worst:
        cells = (found[name].get(role.label) for role in shown)
        rows.append(
            [
                name,
                *(words["not_in_role"] if one is None else below_words(one, texts, counts) for one in cells),
            ]
        )
    return table(words["heat_heading"], head, rows)


def first_table(shown: RoleGaps, texts: Texts, counts: Mapping[str, str]) -> str:
    """Priorities with intervals and business goals."""
    words = texts["gaps"]
    rows = []
    for one in shown.told:
        name = one.competency.name
        if one.tied and one.rank and len(shown.tied) > 1 and one is not shown.told[0]:
            name += f" ({words['same_as_first']})"
        between = words["no_score"]
        if one.interval is not None:
            between = texts["level_between"].format(
                low=number(one.interval.low), high=number(one.interval.high)
            )
        rows.append(
            [
                name,
                below_words(one, texts, counts),
                median_words(one, texts),
                number(one.competency.required),
                number(one.competency.importance),
                "–" if one.mwds is None else number(one.mwds),
                between,
                one.competency.goal or words["no_goal"],
            ]
        )
    return table(words["first_heading"].format(role=shown.label), words["priorities_head"], rows)


def notes(shown: RoleGaps, texts: Texts, counts: Mapping[str, str]) -> str:
    """Splits that an average hides, and what many say is not part of the job or did not assess."""
    words, found = texts["gaps"], []
    split = [
        words[f"split_{one.split}"].format(
            name=one.competency.name,
            below=share_words(one.far[0], one.n, texts["share"], counts),
            above=share_words(one.far[1], one.n, texts["share"], counts),
        )
        for one in shown.told
        if one.split
    ]
    if split:
        lines = "".join(paragraph(line) for line in split)
        found.append(f'<div class="lf-note lf-warn">{heading(words["split_heading"], 3)}{lines}</div>')
    said = [
        words[key].format(name=one.competency.name, share=share_words(limits, one.n, texts["share"], counts))
        for one in shown.told
        for key, limits in (("part", one.part), ("assessed", one.assessed))
        if limits[1] < MOST_SAY_SO * one.n
    ]
    if said:
        lines = listing(escape(line) for line in said)
        found.append(f'<div class="lf-note">{heading(words["part_heading"], 3)}{lines}</div>')
    return "".join(found)


def ranks_table(shown: RoleGaps, texts: Texts) -> str:
    """Where four methods rank differently by two places or more."""
    words = texts["gaps"]
    found = [(one, places, apart) for one, places, apart in ranks(shown.told) if apart >= APART]
    if not found:
        return heading(words["ranks_heading"], 3) + paragraph(words["ranks_none"])
    rows = [
        [one.competency.name, *(places[method] for method in METHODS), apart]
        for one, places, apart in sorted(found, key=lambda each: -each[2])
    ]
    inside = table(words["ranks_heading"], words["ranks_head"], rows)
    return heading(words["ranks_heading"], 3) + paragraph(words["ranks_text"], "lf-quiet") + inside


def quadrant_table(shown: RoleGaps, texts: Texts) -> str:
    """The quadrant of each competency by either crosshair."""
    words = texts["gaps"]
    rows = [[one.competency.name, *(one.quadrants or (words["not_told"],) * 2)] for one in shown.told]
    return table(words["quadrant_heading"].format(role=shown.label), words["quadrant_head"], rows)


def triage_cards(found: Sequence[Any], texts: Texts) -> str:
    """A card a gap: what to try first, and why the others come later or not at all."""
    words, cards = texts["curriculum"], ""
    for one in found:
        first = one.first
        said = words["triage_typical"].format(
            level="–" if one.level is None else number(one.level), required=number(one.required)
        )
        rest = listing(
            (
                f"<strong>{escape(option.title)}</strong> {escape(option.reason)}"
                for option in one.options
                if option is not first
            ),
            ordered=True,
        )
        cards += (
            f'<section class="lf-card lf-triage"><h3>{escape(one.name)}</h3>'
            f"{paragraph(said, 'lf-quiet lf-small') if one.level is not None else ''}"
            f"<p><strong>{escape(words['try_first'].format(title=first.title))}</strong></p>{paragraph(first.reason)}"
            f"<details><summary>{escape(words['not_chosen'])}</summary>{rest}</details></section>"
        )
    return f'<div class="lf-ways">{cards}</div>' if cards else ""


def holes_table(
    holes: Mapping[str, Mapping[str, Any]], profile: Any, counts: Mapping[str, int], texts: Texts
) -> str:
    """The map as a table: what is missing for each competency. ``holes``: rows of ``curriculum_gaps`` by competency."""
    words, rows = texts["curriculum"], []
    for one in sorted(profile.competencies, key=lambda one: (one.id not in holes, -one.importance)):
        hole = holes.get(one.id)
        missing = words["map_full"]
        if hole is not None:
            stops = "" if hole["stops_at"] is None else number(float(hole["stops_at"]))
            missing = words[hole["reason"]].format(stops=stops)
        rows.append([one.name, number(one.required), counts.get(one.id, 0), missing])
    return table(words["map_caption"], words["map_head"], rows)


def names_said(names: Sequence[str], texts: Texts) -> str:
    """Names in a sentence."""
    return listed(names, texts) if names else ""
