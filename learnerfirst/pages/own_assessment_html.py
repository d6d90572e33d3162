"""The cards of an own self-assessment. Everything that comes in is escaped here; no style attribute, no script."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from learnerfirst.charts.own_levels import own_levels_svg

if TYPE_CHECKING:
    from learnerfirst.pages.own_assessment import Seen
    from learnerfirst.plans import LearningPlan, NearRole
    from learnerfirst.plans.step import Step
    from learnerfirst.success_profiles import Competency

Words = Mapping[str, Any]
MOST = 12


def picture_card(seen: Seen, words: Words) -> str:
    """Levels beside what is needed, gaps first, and the same as a table."""
    profile, own = seen.profile, seen.levels.levels
    if not seen.levels.assessed:
        return ""
    gaps = {one.id: at for at, one in enumerate(seen.gaps)}
    ordered = sorted(
        profile.competencies,
        key=lambda one: (gaps.get(one.id, len(gaps)), own.get(one.id) is None, -one.importance, one.name),
    )
    said = words["picture_label"].format(count=len(ordered), role=profile.role)
    drawn = [(one.name, own.get(one.id), one.required) for one in ordered if own.get(one.id) is not None]
    picture = own_levels_svg(drawn, (profile.scale.low, profile.scale.high), words, said)
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in words["table_head"])
    body = "".join(_row(one, seen, words) for one in ordered)
    table = f'<table class="lf-levels-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return _card(
        words["picture_title"].format(role=profile.role),
        f'<div class="lf-picture">{picture}</div><p class="small quiet">{escape(words["read_picture"])}</p>'
        f"<details><summary>{escape(words['as_table'])}</summary>{table}</details>",
    )


def _row(one: Competency, seen: Seen, words: Words) -> str:
    level = seen.levels.levels.get(one.id)
    missing = words["not_my_job" if one.id in seen.levels.not_my_job else "not_assessed"]
    cells = (
        missing if level is None else seen.level_words(level),
        seen.level_words(one.required),
    )
    return f'<tr><th scope="row">{escape(one.name)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in cells)}</tr>'


def found_card(seen: Seen, words: Words, *, towards: bool = False) -> str:
    """Strengths and gaps as lists, then what was not assessed."""
    if not seen.levels.assessed:
        return ""
    by_id = seen.profile.by_id
    strong = [_levels(words["strength"], one, seen) for one in seen.strengths]
    gaps = [_levels(words["gap"], one, seen) for one in seen.gaps]
    inside = _listed(gaps, words) or f"<p>{escape(words['gaps_none'])}</p>"
    made = _card(words["gaps_title"], inside)
    tail = ""
    for title, ids in (("not_mine_title", seen.plan.not_my_job), ("open_title", seen.plan.not_assessed)):
        if ids and not towards:
            names = ", ".join(by_id[key].name for key in ids[:MOST])
            names += f" … ({words['more'].format(count=len(ids) - MOST)})" if len(ids) > MOST else ""
            tail += f'<p class="small quiet">{escape(words[title].format(names=names))}</p>'
    inside = _listed(strong, words) or f"<p>{escape(words['strengths_none'])}</p>"
    return made + _card(words["strengths_title"], inside + tail)


def _levels(text: str, one: Competency, seen: Seen) -> str:
    level, required = (seen.level_words(value) for value in (seen.levels.assessed[one.id], one.required))
    return text.format(name=one.name, level=level, required=required)


def plan_card(plan: LearningPlan, words: Words, *, towards: bool) -> str:
    """The steps in order, each with its reason and what else would do; then what has to wait, and what is missing."""
    if not (plan.steps or plan.later or plan.unserved):
        return ""
    steps = words["plan_steps_one" if len(plan) == 1 else "plan_steps_many"].format(count=len(plan))
    said = words["plan_sum"].format(steps=steps, time=length(plan.minutes, words))
    if plan.hours is not None:
        said += f" {words['plan_hours'].format(hours=number(plan.hours))}"
    inside = f"<p>{escape(said if plan.steps else words['plan_none'])}</p>"
    if plan.steps:
        inside += f'<ol class="lf-plan lf-to-calendar">{"".join(_step(step, words) for step in plan)}</ol>'
    later = [f"{step.title} ({length(step.minutes, words)})" for step in plan.later]
    inside += _folded(words["later_title"], later)
    inside += _folded(words["unserved_title"], [each.reason for each in plan.unserved])
    left = [words["left_out"].format(resource=each.resource, reason=each.reason) for each in plan.left_out]
    inside += _folded(words["left_out_title"], list(dict.fromkeys(left)))
    title = words["plan_title_towards" if towards else "plan_title"].format(role=plan.role)
    return _card(title, inside)


def _step(step: Step, words: Words) -> str:
    about = " · ".join(part for part in (length(step.minutes, words), step.kind) if part)
    lines = [f'<p class="small quiet">{escape(about)}</p>', f"<p><b>{escape(step.title)}</b></p>"]
    lines.append(f"<p>{escape(step.reason)}</p>")
    lines += [f'<p class="small">{escape(note)}</p>' for note in step.notes]
    if step.contact:
        lines.append(f"<p>{escape(words['contact'].format(contact=step.contact))}</p>")
    if urlsplit(step.link).scheme in ("http", "https"):
        said = escape(words["link"].format(title=step.title))
        lines.append(
            f'<p><a class="tap" href="{escape(step.link)}" target="_blank" rel="noopener noreferrer">{said}</a></p>'
        )
    others = [words["alternative"].format(title=each.title, reason=each.reason) for each in step.alternatives]
    return f"<li>{''.join(lines)}{_folded(words['alternatives'], others)}</li>"


def roles_card(near: Sequence[NearRole], words: Words) -> str:
    """The nearest roles, what is shared and what is new there."""
    if not near:
        return ""
    items = ""
    for one in near:
        head = words["role"].format(role=one.role, percent=round(one.nearness * 100))
        shared = words["role_shared"].format(names=", ".join(each.name for each in one.shared[:MOST]))
        missing = words["role_missing"].format(names=", ".join(one.missing_names[:MOST]))
        items += f"<li><b>{escape(head)}</b><br>{escape(shared)}"
        items += f"<br>{escape(missing)}</li>" if one.missing_names else "</li>"
    how = words["roles_how"].format(mine=words["mine"])
    return _card(
        words["roles_title"],
        f'<p>{escape(words["roles_intro"])}</p><ul>{items}</ul><p class="small quiet">{escape(how)}</p>',
    )


def help_card(links: Mapping[str, str], words: Words) -> str:
    """The way to the directory; nothing while it is off, and in files."""
    if not links:
        return ""
    made = "".join(
        f'<p><a class="button plain wide" href="{escape(links[name])}" rel="noreferrer">{escape(words[f"{name}_link"])}</a></p>'
        for name in ("help", "helpers")
        if name in links
    )
    return _card(words["help_title"], f"<p>{escape(words['help_text'])}</p>{made}")


def number(value: float) -> str:
    """As short as it is.

    >>> number(3.0), number(2.5)
    ('3', '2.5')
    """
    return f"{value:g}"


def length(minutes: float, words: Words) -> str:
    """Minutes, from two hours on hours.

    >>> length(90, {"minutes": "{count} min"}), length(150, {"hours": "{count} h"})
    ('90 min', '2.5 h')
    """
    if minutes < 120:
        return str(words["minutes"].format(count=f"{minutes:.0f}"))
    return str(words["hours"].format(count=f"{round(minutes / 60, 1):g}"))


def _listed(items: Sequence[str], words: Words) -> str:
    """A list; beyond a dozen the rest is folded."""
    if not items:
        return ""
    shown = f"<ul>{_items(items[:MOST])}</ul>"
    return shown + _folded(words["more"].format(count=len(items) - MOST), items[MOST:])


def _folded(title: str, items: Sequence[str]) -> str:
    if not items:
        return ""
    return f"<details><summary>{escape(title)}</summary><ul>{_items(items)}</ul></details>"


def _items(items: Iterable[str]) -> str:
    return "".join(f"<li>{escape(item)}</li>" for item in items)


def _card(title: str, inside: str) -> str:
    return f'<section class="card"><h3>{escape(title)}</h3>{inside}</section>'
