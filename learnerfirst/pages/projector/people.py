"""The views of a workshop's personas: three cards side by side, then each alone with what follows for the design."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from learnerfirst.charts.avatar import avatar_svg
from learnerfirst.content import personas_content, texts
from learnerfirst.pages.markup import listing
from learnerfirst.pages.personas.card_html import KEY, filled_fields, size_words, who_line
from learnerfirst.pages.personas.words import names_of
from learnerfirst.personas import Implication, Persona, implications_of

SIDE_BY_SIDE, ALONE = 3, 12
FACTS, LINES = ("goals", "device", "time_available"), 4


def people(personas: Sequence[Persona], theme: str, words: Mapping[str, str]) -> dict[str, str]:
    """Views by name: ``personas_1`` and on with three cards each, then ``persona_ID`` for the first twelve."""
    found = {}
    sheets = [personas[start : start + SIDE_BY_SIDE] for start in range(0, len(personas), SIDE_BY_SIDE)]
    for number, sheet in enumerate(sheets, 1):
        title = words["people"].format(names=names_of([one.name for one in sheet]))
        cards = "".join(_card(one, theme) for one in sheet)
        found[f"personas_{number}"] = (
            f'<div class="result people"><h1>{escape(title)}</h1><div class="cards">{cards}</div></div>'
        )
    return found | {f"persona_{one.id}": _alone(one, theme) for one in personas[:ALONE]}


def _head(persona: Persona, theme: str, level: int) -> str:
    content, words = personas_content(), texts("personas_card")
    who = " · ".join(filter(None, (who_line(persona, content.fields), size_words(persona, words))))
    about = f'<p class="quiet two-lines">{escape(who)}</p>' if who else ""
    mark = avatar_svg(persona.id, persona.name, theme=theme)
    return f'<div class="who">{mark}<div><h{level}>{escape(persona.name)}</h{level}>{about}</div></div>'


def _facts(persona: Persona, wanted: Sequence[str]) -> str:
    content, words = personas_content(), texts("personas_card")
    told = {one[0]: one for one in filled_fields(persona, content.fields)}
    rows = ""
    for field in wanted:
        if field in told:
            _id, name, said, detail = told[field]
            sure = words["assumption"] if detail.tag == "assumption" else words["evidence"]
            kind = "guess" if detail.tag == "assumption" else "known"
            rows += (
                f'<div><dt><span class="{kind}">{escape(sure)}</span> {escape(name)}</dt>'
                f'<dd class="two-lines">{escape(said)}</dd></div>'
            )
    return f"<dl>{rows}</dl>" if rows else f"<p>{escape(words['empty'])}</p>"


def _card(persona: Persona, theme: str) -> str:
    return f"<article>{_head(persona, theme, 2)}{_facts(persona, FACTS)}</article>"


def _alone(persona: Persona, theme: str) -> str:
    content, words = personas_content(), texts("personas_card")
    implications = implications_of(persona, content.rules, content.fields)
    one_each: dict[str, Implication] = {}
    for item in implications.items:
        one_each.setdefault(item.aspect, item)
    lines = [
        f'<span class="two-lines">{escape(item.text)}</span>' for item in list(one_each.values())[:LINES]
    ]
    so = listing(lines) if lines else f"<p>{escape(words['so_none'])}</p>"
    facts = _facts(persona, [field for field in KEY if field in persona.details][:LINES])
    return (
        f'<div class="result person">{_head(persona, theme, 1)}<div class="sides"><div>{facts}</div>'
        f"<div><h2>{escape(words['so'])}</h2>{so}</div></div></div>"
    )
