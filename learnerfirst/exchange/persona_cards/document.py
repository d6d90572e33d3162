"""Cards as a Word document: a card a page, with headings, tables that say what their columns are, and no photos."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from learnerfirst.charts.avatar import avatar_svg
from learnerfirst.charts.persona_card import Card
from learnerfirst.personas import Implication

EVIDENCE, GUESS, QUIET = "0D5F63", "8A4B08", "4D5868"


def cards_docx(cards: Sequence[Card], title: str) -> bytes:
    """A .docx file with all cards, each on a page of its own; with notes, and everything that follows."""
    import docx
    from docx.shared import Cm, Pt

    document: Any = docx.Document()
    document.core_properties.title = title
    document.core_properties.author = ""
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(10.5)
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin = section.bottom_margin = Cm(1.8)
    document.add_heading(title, 0)
    for number, card in enumerate(cards):
        if number:
            document.add_page_break()
        _card(document, card)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _card(document: Any, card: Card) -> None:
    import vl_convert
    from docx.shared import Cm

    persona = card.persona
    mark = avatar_svg(persona.id, persona.name, size=96).replace(
        "<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1
    )
    picture = io.BytesIO(bytes(vl_convert.svg_to_png(mark, scale=3)))
    shape = document.add_paragraph().add_run().add_picture(picture, width=Cm(1.7))
    shape._inline.docPr.set("descr", "")  # decoration: the name stands below
    document.add_heading(persona.name, 1)
    gone = str(card.texts["retired"]) if persona.retired else ""
    _quiet(document.add_paragraph(), " · ".join(filter(None, (card.who(), gone))))
    if persona.summary:
        document.add_paragraph(persona.summary)
    facts = card.facts()
    if facts:
        _facts(document, card, facts)
    else:
        _quiet(document.add_paragraph(), str(card.texts["empty"]))
    document.add_heading(str(card.texts["so"]), 2)
    _design(document, card)
    _quiet(document.add_paragraph(), card.score())


def _facts(document: Any, card: Card, facts: Sequence[tuple[str, str, str, str]]) -> None:
    from docx.shared import Cm

    table = document.add_table(rows=0, cols=3)
    table.style = "Table Grid"
    for field, name, words, tag in facts:
        detail = card.persona.details[field]
        cells = table.add_row().cells
        for cell, width in zip(cells, (4.0, 9.0, 4.0), strict=True):
            cell.width = Cm(width)
        _quiet(cells[0].paragraphs[0], name)
        cells[1].text = words
        if detail.note:
            _quiet(cells[1].add_paragraph(), detail.note)
        source = card.texts.get(f"source_{detail.source}", "")
        said = " · ".join(filter(None, (card.tag(tag), str(source))))
        _coloured(cells[2].paragraphs[0], said, EVIDENCE if tag == "evidence" else GUESS)


def _design(document: Any, card: Card) -> None:
    if not card.implications.items:
        _quiet(document.add_paragraph(), str(card.texts["so_none"]))
    for text, sides in card.pulls():
        _coloured(document.add_paragraph(), str(card.texts["conflict"]), GUESS, bold=True)
        document.add_paragraph(text)
        for side in sides:
            _item(document, card, side)
    for item in card.implications:
        _item(document, card, item)


def _item(document: Any, card: Card, item: Implication) -> None:
    paragraph = document.add_paragraph(f"{item.text} ", style="List Bullet")
    _quiet(paragraph, card.because(item))


def _quiet(paragraph: Any, text: str) -> None:
    _coloured(paragraph, text, QUIET)


def _coloured(paragraph: Any, text: str, colour: str, *, bold: bool = False) -> None:
    from docx.shared import RGBColor

    run = paragraph.add_run(text)
    run.font.color.rgb = RGBColor.from_string(colour)
    run.bold = bold
