"""The cards of the monthly look as markup."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from learnerfirst.charts.community_health import community_health
from learnerfirst.charts.community_year import community_year, year_rows
from learnerfirst.charts.two_taps import two_taps
from learnerfirst.communities.cycle import Meeting
from learnerfirst.communities.method import Method
from learnerfirst.communities.monthly import DONE, DROPPED, OVERDUE, Look, Tried
from learnerfirst.communities.pulse import Pulse
from learnerfirst.communities.risks import Risk
from learnerfirst.content import texts
from learnerfirst.pages.community.health.words import (
    AT_ONCE,
    counted_words,
    day_words,
    month_rows,
    own_words,
    to_do,
)
from learnerfirst.pages.markup import details, heading, listing, paragraph, table

Words = Mapping[str, Any]


def card(inside: str, *names: str) -> str:
    """A card of the page."""
    return f'<section class="{" ".join(("lf-card", *names))}">{inside}</section>'


def both(draw: Callable[[str], str]) -> str:
    """A picture for wide pages and for phones; the style sheet shows the one that fits."""
    return f'<div class="lf-wide">{draw("wide")}</div><div class="lf-narrow">{draw("phone")}</div>'


def month_card(look: Look, method: Method, words: Words) -> str:
    """The look on one screen: what to do, why this stage, and the measures as a picture."""
    said, pictured = words["month"], texts("community_health")
    doing = to_do(look, method)
    more = len(doing) - AT_ONCE
    left = heading(said["heading"]) + paragraph(said["lead"].format(day=day_words(look.today)), "lf-quiet")
    left += listing(doing[:AT_ONCE], ordered=len(doing) > 1)
    left += paragraph(said["more"].format(count=more), "lf-quiet") if more > 0 else ""
    left += heading(said["stage_heading"].format(stage=method.stages[look.health.stage].name), 3)
    reasons = listing(escape(one) for one in look.health.reasons)
    left += f'<div class="lf-reasons">{reasons}</div>{paragraph(said["stage_own"], "lf-help")}'
    right = both(lambda layout: community_health(look.health, method, pictured, layout))
    right += paragraph(words["picture"], "lf-help")
    return card(f'<div>{left}</div><div class="lf-measures">{right}</div>', "lf-month")


def lacking_card(look: Look, words: Words) -> str:
    """What is not known yet, and how it would become known; "" where everything is."""
    names = texts("community_health")["names"]
    rows = [f"<strong>{escape(names[one])}.</strong> {escape(words['lacking'][one])}" for one in look.lacking]
    return card(heading(words["lacking_heading"]) + listing(rows)) if rows else ""


def risks_card(look: Look, words: Words) -> str:
    """Each risk that shows in what happened: what was seen, why it matters, what to do."""
    said = words["risks"]
    happened = look.health.held or look.activity is not None
    inside = heading(said["heading"])
    if look.live:
        inside += paragraph(said["lead"], "lf-quiet")
        inside += f'<div class="lf-risks">{"".join(_risk(one, said) for one in look.live)}</div>'
    else:
        inside += paragraph(said["none" if happened else "nothing"])
    if look.planned:
        names = ", ".join(one.name for one in look.planned)
        inside += paragraph(said["planned"].format(names=names), "lf-quiet")
    return card(inside)


def _risk(one: Risk, said: Words) -> str:
    told = {"seen": " ".join(one.seen), "matters": one.matters, "do": one.do}
    rows = "".join(f"<dt>{escape(said[key])}</dt><dd>{escape(text)}</dd>" for key, text in told.items())
    return f'<article class="lf-risk"><h3>{escape(one.name)}</h3><dl>{rows}</dl></article>'


def tried_card(look: Look, words: Words) -> str:
    """What waits for word and what is to come with its owners; what is over with what was learned, folded; "" without any."""
    said = words["tried"]
    over = [one for one in look.tried if one.state in (DONE, DROPPED)]
    waiting = [one for one in look.tried if one.state not in (DONE, DROPPED)]
    if not look.tried:
        return ""  # what is lacking says how to begin
    inside = heading(said["heading"]) + paragraph(said["lead"], "lf-quiet") if waiting else ""
    inside += _tries(waiting, said)
    if over:
        summary = said["over"].format(count=len(over))
        inside += details(summary, _tries(over, said), unfolded=not waiting)
    return card(inside)


def _tries(listed: Sequence[Tried], said: Words) -> str:
    rows = "".join(_try(one, said) for one in listed)
    return f'<ul class="lf-tries">{rows}</ul>' if rows else ""


def _try(one: Tried, said: Words) -> str:
    """What, who, by when, how it stands; of what is over, what was learned."""
    kind = "lf-tag lf-guess" if one.state == OVERDUE else "lf-tag"
    state = f'<span class="{kind}">{escape(said["states"][one.state])}</span>'
    who = one.owner or said["nobody"]
    if one.state in (DONE, DROPPED):
        return f"<li><div><p><strong>{escape(one.text)}</strong></p>{paragraph(one.learned or said['no_word'])}</div><p>{escape(who)}</p>{state}</li>"
    due = said["by"].format(day=day_words(one.due)) if one.due else said["no_day"]
    return f"<li><p><strong>{escape(one.text)}</strong></p><p>{escape(f'{who}, {due}')}</p>{state}</li>"


def own_card(look: Look, words: Words) -> str:
    """Who starts things: the share with the half explained, the months, and a forum's or chat's months as a table."""
    said = words["own"]
    first, *rest = own_words(look, said)
    inside = heading(said["heading"]) + paragraph(first, "lf-lead")
    inside += "".join(paragraph(one) for one in rest)
    inside += "".join(paragraph(one, "lf-quiet") for one in counted_words(look, said))
    rows = month_rows(look, said)
    if rows:
        inside += details(said["table"], _by_day(table(said["caption"], said["head"], rows)))
    return card(inside)


def _by_day(inside: str) -> str:
    """A table whose first column holds days or months, which stay in one line."""
    return f'<div class="lf-days">{inside}</div>'


def year_card(look: Look, meetings: Sequence[Meeting], words: Words) -> str:
    """The first year as a picture, and the same as a table."""
    said, pictured = words["year"], texts("community_year")
    drawn = both(lambda layout: community_year(look.plan, meetings, look.today, pictured, layout))
    rows = year_rows(look.plan, meetings, look.today, pictured)
    folded = details(said["table"], _by_day(table(said["caption"], pictured["head"], rows)))
    return card(heading(said["heading"]) + drawn + folded, "lf-pictured")


def taps_card(pulses: Sequence[Pulse], method: Method, words: Words) -> str:
    """What was shown of the two taps, three meetings together; what to do in the field of the latest."""
    said, pictured = words["taps"], texts("two_taps")
    inside = heading(said["heading"]) + paragraph(said["lead"], "lf-quiet")
    field = method.fields.get(pulses[-1].field) if pulses else None
    if field is not None:
        inside += paragraph(said["do"].format(field=field.name, says=field.says, do=field.do), "lf-note")
    if pulses:
        inside += both(lambda layout: two_taps(pulses, method, pictured, layout))
    else:
        inside += paragraph(said["none"])
    return card(inside, "lf-pictured")
