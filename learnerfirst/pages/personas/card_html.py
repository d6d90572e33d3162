"""A persona's card as markup: who it is, what is known and what is assumed, how much of it is evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from learnerfirst.charts.avatar import avatar_svg
from learnerfirst.pages.markup import details, heading, listing, paragraph
from learnerfirst.personas import Conflict, Detail, Field, Implication, Implications, Persona, field_of

WHO = ("role", "age_band")
"""Fields that stand under the name instead of in the list."""
KEY = ("goals", "device", "time_available", "time_at_a_stretch", "preferred_method", "accessibility_needs")
"""Fields that a design turns on first; the card shows them, the others are one click away."""
AT_FIRST = 4

Texts = Mapping[str, Any]


def tag_of(detail: Detail, texts: Texts) -> str:
    """The tag of a field, in words: evidence with its source, or assumed."""
    if detail.tag == "evidence":
        source = texts.get(f"source_{detail.source}", "")
        said = f"{texts['evidence']} · {source}" if source else texts["evidence"]
        return f'<span class="lf-tag">{escape(said)}</span>'
    return f'<span class="lf-tag lf-guess">{escape(texts["assumption"])}</span>'


def who_line(persona: Persona, fields: Sequence[Field]) -> str:
    """Role and age in one line, as far as they are known; plain text."""
    said = [value_text(persona, name, fields) for name in WHO]
    return ", ".join(part for part in said if part)


def value_text(persona: Persona, name: str, fields: Sequence[Field]) -> str:
    """What a field says, in words; empty where it says nothing. Plain text."""
    value, field = persona.value(name), field_of(fields, name)
    if value is None:
        return ""
    return (field or Field(name, name, "psychometric", "text")).text_of(value)


def filled_fields(persona: Persona, fields: Sequence[Field]) -> list[tuple[str, str, str, Detail]]:
    """Id, name, words and detail of each field that says something: the known ones in their order, then own ones."""
    order = [field.id for field in fields]
    names = {field.id: field.name for field in fields}
    ids = [*[one for one in order if one in persona.details], *[k for k in persona.details if k not in names]]
    return [
        (one, names.get(one, one), value_text(persona, one, fields), persona.details[one])
        for one in ids
        if persona.details[one].filled
    ]


def size_words(persona: Persona, texts: Texts) -> str:
    """How many people it stands for; groups under five are not counted in public."""
    if persona.size is None:
        return ""
    if persona.size < 5:
        return str(texts["stands_for_about"])
    return str(texts["stands_for"].format(size=persona.size))


def score(persona: Persona, texts: Texts) -> str:
    """How much of the card is evidence, as a bar with its words."""
    evidence, filled = persona.evidence
    if not filled:
        return paragraph(texts["score_none"], "lf-quiet lf-small")
    said = texts["score"].format(evidence=evidence, filled=filled)
    return (
        f'<p class="lf-score lf-small"><span class="lf-quiet">{escape(said)}</span>'
        f'<meter min="0" max="{filled}" value="{evidence}" aria-label="{escape(said)}"></meter></p>'
    )


def head(persona: Persona, fields: Sequence[Field], texts: Texts, level: int = 3) -> str:
    """Avatar, name, who it is."""
    who = who_line(persona, fields)
    about = " · ".join(part for part in (who, size_words(persona, texts)) if part)
    line = paragraph(about, "lf-quiet lf-small") if about else ""
    gone = f' <span class="lf-tag lf-tag-coming">{escape(texts["retired"])}</span>' if persona.retired else ""
    return (
        f'<div class="lf-persona-head">{avatar_svg(persona.id, persona.name)}'
        f"<div><h{level}>{escape(persona.name)}{gone}</h{level}>{line}</div></div>"
    )


def facts(persona: Persona, fields: Sequence[Field], texts: Texts) -> str:
    """The filled fields with their tags."""
    told = [one for one in filled_fields(persona, fields) if one[0] not in WHO]
    if not told:
        return paragraph(texts["empty"], "lf-quiet")
    first = sorted((one for one in told if one[0] in KEY), key=lambda one: KEY.index(one[0]))
    first += [one for one in told if one[0] not in KEY][: max(0, AT_FIRST - len(first))]
    rest = [one for one in told if one not in first]
    more = texts["more_facts"].format(count=len(rest))
    return _listed(first, texts) + (details(more, _listed(rest, texts)) if rest else "")


def _listed(told: Sequence[tuple[str, str, str, Detail]], texts: Texts) -> str:
    rows = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(said)} {tag_of(detail, texts)}</dd>"
        for _field, name, said, detail in told
    )
    return f'<dl class="lf-facts">{rows}</dl>'


def card(persona: Persona, fields: Sequence[Field], texts: Texts, follows: str = "", level: int = 3) -> str:
    """The whole card; ``follows`` is markup of what follows for the design, between the facts and the score."""
    summary = paragraph(persona.summary, "lf-summary") if persona.summary else ""
    return (
        f'<article class="lf-card lf-persona">{head(persona, fields, texts, level)}{summary}'
        f"{facts(persona, fields, texts)}{follows}{score(persona, texts)}</article>"
    )


def follows(implications: Implications, fields: Sequence[Field], texts: Texts, level: int = 4) -> str:
    """What follows for the design, each with its reason and the field that it comes from; conflicts are shown first."""
    title = heading(texts["so"], level) if level < 4 else f"<h4>{escape(texts['so'])}</h4>"
    if not implications.items:
        return f'<div class="lf-so">{title}{paragraph(texts["so_none"], "lf-quiet lf-small")}</div>'
    names = {field.id: field.name for field in fields}
    one_each = {item.aspect: item for item in reversed(implications.items)}
    first = sorted(one_each.values(), key=implications.items.index)[:AT_FIRST]
    rest = [item for item in implications.items if item not in first]
    shown, hidden = ([_line(item, names, texts) for item in part] for part in (first, rest))
    more = details(texts["more"].format(count=len(hidden)), listing(hidden)) if hidden else ""
    pulls = "".join(_conflict(one, names, texts) for one in implications.conflicts)
    return f'<div class="lf-so">{title}{pulls}{listing(shown)}{more}</div>'


def _line(item: Implication, names: Mapping[str, str], texts: Texts) -> str:
    form = "because_assumed" if item.assumed else "because"
    reason = texts[form].format(reason=item.because, field=names.get(item.field, item.field))
    return f'{escape(item.text)} <span class="lf-because">{escape(reason)}</span>'


def _conflict(conflict: Conflict, names: Mapping[str, str], texts: Texts) -> str:
    sides = listing([_line(conflict.first, names, texts), _line(conflict.second, names, texts)])
    words = paragraph(conflict.text) if conflict.text else ""
    return f'<div class="lf-note lf-warn lf-pulls"><p><strong>{escape(texts["conflict"])}</strong></p>{words}{sides}</div>'
