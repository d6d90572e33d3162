"""Coverage as markup: the picture with its table, who is left out, what overlaps, how it is measured."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from learnerfirst.charts.coverage import coverage_picture
from learnerfirst.pages.markup import details, heading, listing, paragraph, table
from learnerfirst.pages.personas.coverage_groups import groups_for_picture
from learnerfirst.pages.personas.coverage_words import (
    fields_of,
    group_of,
    known_words,
    left_out,
    overlap_words,
    typical,
    unknown,
)
from learnerfirst.privacy.company import NOBODY
from learnerfirst.workshops.coverage_fits import CORE, UNKNOWN

Body = Mapping[str, Any]
Texts = Mapping[str, Any]
Names = Mapping[str, str]


def picture_card(body: Body, names: Names, texts: Texts, charts: Texts) -> str:
    """Who is covered by whom, drawn and as a table, with how much was known."""
    groups = groups_for_picture(body, names, texts)
    drawn = "".join(
        f'<div class="lf-{name}">{coverage_picture(groups, charts, layout)}</div>'
        for name, layout in (("wide", "wide"), ("narrow", "phone"))
    )
    said = paragraph(known_words(body, texts))
    if body["moved"]:
        said += paragraph(texts["moved"], "lf-quiet lf-small")
    few = unknown(body)
    if few is not None:
        said += paragraph(texts["unknown"].format(people=few["people"]), "lf-quiet")
    notes = "".join(paragraph(note, "lf-quiet lf-small") for note in body["notes"])
    behind = details(texts["see_table"], coverage_table(body, names, texts))
    title = heading(texts["picture_heading"].format(count=f"{body['n']:,}"))
    return f'<section class="lf-card lf-coverage">{title}{drawn}{said}{behind}{notes}</section>'


def coverage_table(body: Body, names: Names, texts: Texts) -> str:
    """Each persona with its share, its people, and on how many fields they were known."""
    known = {one["id"]: one for one in body["judged"]}
    rows = []
    for one in body["groups"]:
        if one["id"] == CORE or (one["id"] == UNKNOWN and one["hidden"]):
            continue
        name = {NOBODY: texts["nobody"], UNKNOWN: texts["too_little"]}.get(
            one["id"], names.get(one["id"], one["id"])
        )
        judged = known.get(one["id"])
        on = "" if judged is None else texts["of_fields"].format(known=judged["known"], of=judged["of"])
        if one["hidden"]:
            why = texts["nobody_left"] if one["id"] == NOBODY else one["hidden"]["why"]
            rows.append([name, why, "", on])
        else:
            rows.append([name, one["share"]["words"], one["people"], on])
    return table(
        texts["table"], [texts[f"column_{one}"] for one in ("who", "share", "people", "known")], rows
    )


def left_out_words(body: Body, texts: Texts) -> str:
    """Whom no persona covers, in words; or that nobody is left."""
    nobody, alike = left_out(body)
    if nobody is None:
        return heading(texts["left_none"]) + paragraph(texts["left_none_text"])
    said = texts["left"].format(people=nobody["people"], share=nobody["share"]["words"])
    title = heading(said[:1].upper() + said[1:])
    group = alike or nobody
    out = typical(group, body, texts)
    if not out:
        return title + paragraph(texts["left_mixed"])
    some = alike is not None and alike["people"] != nobody["people"]
    about = texts["left_alike"].format(people=group["people"]) if some else texts["left_text"]
    few = paragraph(texts["left_few"], "lf-quiet") if body["covered"] and body["covered"]["low"] >= 90 else ""
    return f'{title}{paragraph(about)}<div class="lf-typical">{typical_list(out)}</div>{few}'


def typical_list(out: list[tuple[str, str, str]]) -> str:
    """Answers that stand out, each with its field and how often."""
    return listing(
        f'{escape(field)}: <strong>{escape(answer)}</strong> <span class="lf-because">{escape(often)}</span>'
        for field, answer, often in out
    )


def overlap_card(body: Body, names: Names, texts: Texts) -> str:
    """Pairs of personas for the same people; empty where there are none."""
    found = overlap_words(body, names, texts)
    if not found:
        return ""
    lines = listing(f"{escape(said)} {escape(tell)}" for said, tell in found)
    return f'<section class="lf-card">{heading(texts["overlap"]["heading"])}{lines}</section>'


def method(body: Body, names: Names, texts: Texts) -> str:
    """How it is measured, in plain words, with the weights."""
    fields = fields_of(body)
    said = "".join(paragraph(texts["method"][one]) for one in ("fit", "belong", "weights", "groups"))
    ids = list(dict.fromkeys(name for one in body["judged"] for name in one["weights"]))
    head = [texts["method"]["field"], *(names.get(one["id"], one["id"]) for one in body["judged"])]
    rows = [
        [
            fields[name].name if name in fields else name,
            *(f"{one['weights'][name]:g}" if name in one["weights"] else "–" for one in body["judged"]),
        ]
        for name in ids
    ]
    basis = [
        texts["method"][f"basis_{one['basis']}"].format(name=names.get(one["id"], one["id"]))
        for one in body["judged"]
        if group_of(body, one["id"]) is not None
    ]
    weights = table(texts["method"]["table"], head, rows)
    inside = said + listing(map(escape, basis)) + weights
    return f'<section class="lf-card">{details(texts["method"]["heading"], inside)}</section>'
