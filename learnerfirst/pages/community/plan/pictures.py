"""What the step shows of a whole plan: the first year as a picture with its table, and what can be handed on."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from learnerfirst.charts.community_year import community_year, year_rows
from learnerfirst.content import texts as texts_of
from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.community.plan.meetings_ahead import NEEDED
from learnerfirst.pages.markup import details, heading, paragraph, table
from learnerfirst.pages.personas.downloads import link


def year_html(model: CommunityModel, texts: Mapping[str, Any]) -> str:
    """The first year: meetings, goals, what is to be tried; on phones a line for each month."""
    words, drawn = texts["year"], texts_of("community_year")
    plan, today = model.plan, model.workshops.today()
    held = [one.meeting for one in model.meetings]
    wide = community_year(plan, held, today, drawn)
    phone = community_year(plan, held, today, drawn, "phone")
    rows = year_rows(plan, held, today, drawn)
    title = drawn["title"].format(name=plan.name)
    inside = details(words["table"], table(title, drawn["head"], rows))
    pictures = f'<div class="lf-wide">{wide}</div><div class="lf-narrow">{phone}</div>'
    return f'<section class="lf-card lf-year">{heading(words["heading"])}{pictures}{inside}</section>'


def hand_on_html(model: CommunityModel, texts: Mapping[str, Any]) -> str:
    """The members' page, the printed plan, files, the projector."""
    words, plan, code = texts["hand_on"], model.plan, model.workshop.code
    files = model.addresses.community(code, plan.id)
    page = model.addresses.community_of_people(code, plan.id)
    links = [link(page, words["members"]), link(f"{files}/plan.html", words["print"])]
    if not any(getattr(plan.logistics, name) in (None, "") for name in NEEDED):
        links.append(link(f"{files}/meetings.ics", words["calendar"], download=True))
    if plan.goals:
        links.append(link(f"{files}/plan.csv", words["csv"], download=True))
    links.append(link(f"{model.addresses.projector(code)}?view=plan_{plan.id}", words["projector"]))
    address = f'<p class="lf-quiet lf-label">{escape(words["address"])}</p><p class="lf-address">{escape(page.split("://", 1)[-1])}</p>'
    about = (
        heading(words["heading"])
        + paragraph(words["text"])
        + address
        + paragraph(words["private"], "lf-help")
    )
    return f'{about}<p class="lf-actions">{"".join(links)}</p>'
