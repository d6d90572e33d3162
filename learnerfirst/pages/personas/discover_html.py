"""Found groups as markup: the curve by which their number was chosen, and each group's typical answers."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from learnerfirst.charts.discovery import curve_picture
from learnerfirst.pages.markup import details, heading, paragraph, table
from learnerfirst.pages.personas.coverage_html import typical_list
from learnerfirst.pages.personas.coverage_words import fields_of, typical
from learnerfirst.workshops.coverage_tables import middle

Body = Mapping[str, Any]
Texts = Mapping[str, Any]
FREQUENT = 0.4
VERY = 95


def curve_card(body: Body, texts: Texts, charts: Texts) -> str:
    """How many groups, why so many, and how sure people's places are."""
    curve = body["curve"]
    best = min(curve, key=lambda step: (step["bic"], step["classes"]))["classes"]
    sure = paragraph(texts["sure"].format(sure=_sure(body["sure"], texts)))
    if len(curve) < 2:
        return f'<section class="lf-card">{heading(texts["curve_heading"])}{paragraph(texts["asked"])}{sure}</section>'
    drawn = "".join(
        f'<div class="lf-{name}">{curve_picture(curve, charts, layout)}</div>'
        for name, layout in (("wide", "wide"), ("narrow", "phone"))
    )
    rows = [
        [texts["classes"].format(count=step["classes"]), texts["more_bic"].format(bic=step["bic"])]
        for step in curve
    ]
    told = details(
        texts["see_table"], table(texts["curve_table"], [texts["column_classes"], texts["column_bic"]], rows)
    )
    said = paragraph(texts["chosen"].format(count=best))
    moved = paragraph(texts["moved"], "lf-quiet lf-small") if body["moved"] else ""
    moved += "".join(paragraph(note, "lf-quiet lf-small") for note in body["notes"])
    title = heading(texts["curve_heading"])
    return f'<section class="lf-card">{title}{said}{drawn}{sure}{moved}{told}</section>'


def group_card(group: Body, body: Body, texts: Texts, number: int) -> str:
    """What sets a group apart, and behind it everything that is frequent in it."""
    out = typical(group, body, texts)
    title = heading(texts["group"].format(number=number), 3)
    size = texts["size"].format(people=group["people"], share=group["share"]["words"])
    sure = texts["sure_of"].format(sure=_sure(body["sure_of"].get(group["id"], 0), texts))
    about = f'<p class="lf-quiet">{escape(size)}<br>{escape(sure)}</p>'
    said = typical_list(out) if out else paragraph(texts["nothing_typical"])
    return f"{title}{about}{said}{details(texts['all_answers'], _frequent(group, body, texts))}"


def _sure(percent: int, texts: Texts) -> str:
    """How sure, rounded to fives; never "quite"."""
    return str(texts["very_sure"] if percent >= VERY else texts["so_sure"].format(sure=percent))


def _frequent(group: Body, body: Body, texts: Texts) -> str:
    fields = fields_of(body)
    found = [one for one in group["answers"] if middle(one) >= FREQUENT and one["field"] in fields]
    found.sort(key=lambda one: (list(fields).index(one["field"]), -middle(one)))
    rows = [
        [fields[one["field"]].name, fields[one["field"]].text_of(one["level"]), one["words"]] for one in found
    ]
    head = [texts["column_field"], texts["column_answer"], texts["column_share"]]
    return table(texts["all_answers"], head, rows)
