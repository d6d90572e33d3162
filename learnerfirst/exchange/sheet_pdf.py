"""The printed sheet: a questionnaire on paper, with large boxes and a letter for each option, to be typed in later."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fpdf import FPDF

LETTERS = "abcdefgh"
ON_PAPER = ("single", "levels")
WIDTH, HEIGHT, MARGIN, GAP = 210.0, 297.0, 11.0, 7.0
COLUMN = (WIDTH - 2 * MARGIN - GAP) / 2
LARGEST, SMALLEST, STEP = 10.5, 7.5, 0.1
PER_POINT = 0.3528  # millimetres
FONT, HEAD = "Helvetica", 8.5


@dataclass(frozen=True)
class Sheet:
    """What is printed. ``quiz``: the questionnaire as a front end gets it, placeholders filled. ``title``, ``code``:
    the workshop's. ``mark``: "Rehearsal" or nothing. ``turned``: options from the last to the first, for half of
    the people; letters stay with their options.
    """

    quiz: Mapping[str, Any]
    texts: Mapping[str, str]
    title: str
    code: str
    mark: str = ""
    turned: bool = False


def sheet_pdf(sheet: Sheet) -> bytes:
    """Return the sheet as PDF (A4): on as few pages as a type of 7.5 points allows, in the largest type that fits.

    Questions with options are printed, each with all of them; whoever can't say leaves a question empty. Text is
    set in the PDF's own Helvetica, which knows Western European letters; others are printed as "?".
    """
    widths: dict[tuple[str, str], float] = {}
    pages = _drawn(sheet, SMALLEST, widths).page_no()
    low, high = 0, round((LARGEST - SMALLEST) / STEP)
    while low < high:  # the largest step that takes no more pages than the smallest type does
        middle = (low + high + 1) // 2
        if _drawn(sheet, SMALLEST + STEP * middle, widths).page_no() <= pages:
            low = middle
        else:
            high = middle - 1
    return bytes(_drawn(sheet, SMALLEST + STEP * low, widths).output())


def _said(question: Mapping[str, Any], option: Mapping[str, Any]) -> str:
    """An option as it is printed; a level with its name in front."""
    named = question["kind"] == "levels" and option["short"] not in ("", option["text"])
    return f"{option['short']}: {option['text']}" if named else str(option["text"])


def printable(quiz: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The questions that a sheet asks: those with options to choose from, in their order."""
    return [question for question in quiz["questions"] if question["kind"] in ON_PAPER]


def lettered(question: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """Each option with its letter, in the order of the file."""
    return list(zip(LETTERS, question["options"], strict=False))


def plain(text: str) -> str:
    """A text in the letters that the PDF's own fonts have.

    >>> plain("“Dvořák” – café")
    '“Dvorák” – café'
    """
    found = ""
    for letter in unicodedata.normalize("NFC", text):
        known = letter.encode("cp1252", "ignore")
        bare = unicodedata.normalize("NFKD", letter)[:1]
        found += letter if known else bare if bare.encode("cp1252", "ignore") else "?"
    return found


@dataclass(frozen=True)
class _Part:
    """A paragraph of a question: with a box and a letter in front, bold, or a row of boxes with their labels."""

    text: str
    letter: str = ""
    bold: bool = False
    row: tuple[str, ...] = ()
    after: float = 0.3


def _parts(question: Mapping[str, Any], number: int, sheet: Sheet) -> Iterator[_Part]:
    options = lettered(question)
    yield _Part(plain(f"{number}. {question['stem']}"), bold=True)
    for letter, option in reversed(options) if sheet.turned else options:
        yield _Part(plain(_said(question, option)), letter=letter)
    if len(question["perspectives"]) > 1:
        letters = [letter for letter, _option in options]
        row = (plain(sheet.texts["same"]), *(reversed(letters) if sheet.turned else letters))
        yield _Part(plain(sheet.texts["wanted"]), row=row, after=1.2)


def _drawn(sheet: Sheet, size: float, widths: dict[tuple[str, str], float]) -> FPDF:
    """The document in one type size; columns and pages follow each other as they fill."""
    from fpdf import FPDF

    pdf = FPDF(format="A4")
    pdf.core_fonts_encoding = "cp1252"
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    pdf.c_margin = 0
    pdf.set_title(plain(sheet.title))
    pdf.set_lang(str(sheet.quiz.get("language") or "en"))
    pdf.add_page()
    column, top = 0, _head(pdf, sheet)
    y, pen = top, _Pen(pdf, size, widths)
    for number, question in enumerate(printable(sheet.quiz), start=1):
        parts = list(_parts(question, number, sheet))
        if y + sum(pen.height(part) for part in parts) > HEIGHT - MARGIN and y > top:
            column, y = column + 1, top
            if column == 2:
                pdf.add_page()
                column, top = 0, MARGIN
                y = top
        for part in parts:
            pen.put(part, MARGIN + column * (COLUMN + GAP), y)
            y += pen.height(part)
    return pdf


class _Pen:
    """Sets paragraphs in one type size. ``widths`` of words are those at one point, kept between sizes."""

    def __init__(self, pdf: FPDF, size: float, widths: dict[tuple[str, str], float]) -> None:
        self.pdf, self.size, self.widths = pdf, size, widths
        self.em, self.line = size * PER_POINT, size * PER_POINT * 1.19

    def width(self, text: str, style: str = "") -> float:
        """How wide a text is set, in millimetres."""
        if (text, style) not in self.widths:
            self.pdf.set_font(FONT, style, 10)
            self.widths[text, style] = self.pdf.get_string_width(text) / 10
        return self.widths[text, style] * self.size

    def lines(self, part: _Part) -> list[str]:
        """The paragraph in lines that fit into its column."""
        style, room = "B" if part.bold else "", COLUMN - (2.3 * self.em if part.letter else 0)
        found, used, space = [""], 0.0, self.width(" ", style)
        for word in part.text.split():
            wide = self.width(word, style)
            if found[-1] and used + space + wide > room:
                found.append("")
            used = used + space + wide if found[-1] else wide
            found[-1] = f"{found[-1]} {word}".strip()
        return found

    def height(self, part: _Part) -> float:
        """How much room a paragraph takes, with what comes after it."""
        return self.line * ((1.1 if part.row else len(self.lines(part))) + part.after)

    def put(self, part: _Part, x: float, y: float) -> None:
        """Draw a paragraph."""
        if part.row:
            self._row(part, x, y + self.line * 0.1)
            return
        if part.letter:
            x = self._boxed(part.letter, x, y)
        for number, words in enumerate(self.lines(part)):
            self._words(words, x, y + number * self.line, "B" if part.bold else "")

    def _row(self, part: _Part, x: float, y: float) -> None:
        """What is asked later on the same card: a row of boxes, "same as today" first."""
        self._words(part.text, x, y, "I")
        x += self.width(part.text, "I") + self.em
        for label in part.row:
            self._boxed(label, x, y)
            x += 2.5 * self.em + self.width(label, "B")

    def _boxed(self, label: str, x: float, y: float) -> float:
        """A box and its label; returns where a text beside them begins."""
        self.pdf.set_line_width(0.25)
        self.pdf.rect(x, y + self.em * 0.13, self.em * 0.95, self.em * 0.95)
        self._words(label, x + 1.3 * self.em, y, "B")
        return x + 2.3 * self.em

    def _words(self, words: str, x: float, y: float, style: str) -> None:
        self.pdf.set_font(FONT, style, self.size)
        self.pdf.set_xy(x, y)
        self.pdf.cell(self.width(words, style) + 1, self.line, words)


def _head(pdf: FPDF, sheet: Sheet) -> float:
    """Title, code, what happens with the sheet, and how to fill it in; returns where the questions begin."""
    texts, wide = sheet.texts, WIDTH - 2 * MARGIN
    pdf.set_font("Courier", "B", 20)
    code = plain(sheet.code)
    pdf.set_xy(WIDTH - MARGIN - pdf.get_string_width(code), MARGIN - 3)
    pdf.cell(pdf.get_string_width(code), 9, code)
    pdf.set_font(FONT, "B", 13)
    title = plain(f"{sheet.mark}: {sheet.title}" if sheet.mark else sheet.title)
    while pdf.get_string_width(title) > wide - 34:
        title = f"{title.rstrip('…')[:-1]}…"
    pdf.set_xy(MARGIN, MARGIN - 3)
    pdf.cell(wide - 34, 8, title)
    y = MARGIN + 5.5
    for words in (texts["consent"], texts["how"].format(lead=sheet.quiz.get("lead", ""))):
        pdf.set_font(FONT, "", HEAD)
        pdf.set_xy(MARGIN, y)
        pdf.multi_cell(wide, HEAD * PER_POINT * 1.22, plain(words), align="L", markdown=True)
        y = pdf.get_y() + 0.8
        pdf.set_xy(MARGIN, y)
    pdf.set_line_width(0.3)
    pdf.line(MARGIN, y + 0.6, WIDTH - MARGIN, y + 0.6)
    return float(y + 2.4)
