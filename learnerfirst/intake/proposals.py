"""What each column of a file probably is: proposed from its heading, its place and its content, with the reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from learnerfirst.intake.dates import day_of, has_bands, looks_like_times
from learnerfirst.intake.looks import free_text, look_of
from learnerfirst.intake.numbers import number_of
from learnerfirst.intake.recipe import ColumnUse, Recipe
from learnerfirst.intake.table import Sheet
from learnerfirst.intake.words import WordMatch, heading_score, match_words, plain
from learnerfirst.personas.fields import Field
from learnerfirst.personas.refused import refusal_of

FIELD, PERSON, LEAVE, REFUSED = "field", "person", "leave_out", "refused"
SEPARATORS = (";", "\n", "|", ",")
SAMPLE = 5_000
MOST_WORDS = 400
CHOICE = re.compile(r"(.+?)\s*\[([^\]]+)\]")
Texts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ColumnProposal:
    """What a column may be. ``use``: field, person (says who is one person), leave_out or refused; ``reason`` says why.

    ``distinct`` of ``filled`` cells are different. A refused column cannot be taken over, a birth date only as a band.
    """

    column: str
    use: str
    reason: str
    field: str = ""
    separator: str = ""
    choice: str = ""
    reading: str = ""
    score: float = 0.0
    filled: int = 0
    distinct: int = 0

    def as_use(self) -> ColumnUse:
        """The same as part of a recipe."""
        return ColumnUse(self.column, self.field, self.separator, self.choice, self.reading)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Proposals for all columns, in order; ``program`` is the survey program that wrote the file, or ""."""

    columns: tuple[ColumnProposal, ...]
    program: str = ""

    def of(self, column: str) -> ColumnProposal:
        """The proposal of one column; KeyError where there is none."""
        for one in self.columns:
            if one.column == column:
                return one
        raise KeyError(column)

    def recipe(self) -> Recipe:
        """A recipe of everything that is proposed, for somebody to look at."""
        person = next((one.column for one in self.columns if one.use == PERSON), "")
        return Recipe(tuple(one.as_use() for one in self.columns if one.use == FIELD), person)


def propose(sheet: Sheet, fields: Sequence[Field], texts: Texts, this_year: int) -> Proposal:
    """What each column of ``sheet`` may be; ``texts`` are the words of the area "intake".

    A heading counts before content, a field is proposed once (but for columns of one choice each, as LimeSurvey
    writes them). Refused by name or look: pay, ratings, health, names, addresses, birth dates but as bands.
    """
    headings = {plain(column.heading) for column in sheet.columns}
    program = next(
        (name for name, needed in texts["programs"].items() if {plain(one) for one in needed} <= headings), ""
    )
    found = [_proposal(sheet, place, fields, texts, this_year) for place in range(len(sheet.columns))]
    return Proposal(tuple(_once(found, texts)), program.removesuffix(" (codes)"))


def _proposal(
    sheet: Sheet, place: int, fields: Sequence[Field], texts: Texts, this_year: int
) -> ColumnProposal:
    column = sheet.columns[place]
    heading = column.heading
    cells = [row[place] for row in sheet.rows if row[place]]
    sample = cells[:SAMPLE]
    filled, distinct = len(cells), len(set(cells))
    reasons = texts["reasons"]

    def leave(use: str, reason: str) -> ColumnProposal:
        return ColumnProposal(column.name, use, reason, filled=filled, distinct=distinct)

    bare, last = (
        plain(heading),
        plain(heading.rpartition(": ")[2]),
    )  # under a heading over several: its own part
    if bare in map(plain, texts["timestamps"]) or (place == 0 and looks_like_times(sample)):
        return leave(LEAVE, reasons["timestamp"])
    if bare in map(plain, texts["machinery"]) or (bare == "id" and _numbered(sample)):
        return leave(LEAVE, reasons["machinery"])
    if {bare, last} & set(map(plain, texts["ids"])):
        return leave(PERSON, reasons["id"])
    refusal, look = refusal_of(heading), look_of(sample, this_year)
    birth = (refusal is not None and refusal.kind == "birth_date") or (
        refusal is None and look == "birth_date"
    )
    if birth and not (look == "birth_date" and _is_start(heading, texts)):
        band = "birth_date" if any(field.id == "age_band" and has_bands(field) for field in fields) else ""
        if band and _days(sample):
            return ColumnProposal(
                column.name,
                FIELD,
                reasons["birth_date"],
                "age_band",
                reading=band,
                score=0.95,
                filled=filled,
                distinct=distinct,
            )
        return leave(REFUSED, refusal.reason if refusal else reasons["birth_date"])
    if refusal is not None:
        return leave(REFUSED, refusal.reason)
    known, score, why, choice = _field_of(heading, sample, fields, texts)
    if look and look != "birth_date" and not (look in ("name", "address") and known and score >= 0.9):
        return leave(REFUSED, reasons[look])
    if known is None:
        return leave(LEAVE, reasons["free_text" if free_text(sample) else "unknown"])
    separator = separator_of(sample) if known.kind == "several" and not choice else ""
    reading = _reading(known, sample)
    return ColumnProposal(
        column.name,
        FIELD,
        reasons[why],
        known.id,
        separator,
        choice,
        reading,
        score,
        filled=filled,
        distinct=distinct,
    )


def _numbered(values: Sequence[str]) -> bool:
    """1, 2, 3 ...: a number of the row, as Microsoft Forms writes it, and no person."""
    return bool(values) and list(values) == [str(number) for number in range(1, len(values) + 1)]


def _is_start(heading: str, texts: Texts) -> bool:
    return heading_score(heading, texts["headings"]["tenure"]) >= 0.8


def _days(values: Sequence[str]) -> bool:
    return 2 * sum(day_of(value) is not None for value in values) > len(values)


def _reading(field: Field, values: Sequence[str]) -> str:
    """How numbers and days become one of the field's bands."""
    if not has_bands(field) or not values:
        return ""
    if 5 * sum(number_of(value) is not None for value in values) >= 4 * len(values):
        return "years"
    if field.id == "tenure" and 5 * sum(day_of(value) is not None for value in values) >= 4 * len(values):
        return "start_date"
    return ""


def _field_of(
    heading: str, values: Sequence[str], fields: Sequence[Field], texts: Texts
) -> tuple[Field | None, float, str, str]:
    """The field, how sure, why, and the choice that this column stands for."""
    single = CHOICE.fullmatch(heading)
    question, choice = (single[1], single[2]) if single else (heading, "")
    yes_no = {plain(word) for word in (*texts["yes"], *texts["no"])}
    if choice and not {plain(value) for value in values} <= yes_no:
        question, choice = heading, ""
    score, best = 0.0, None
    for known in fields:
        ways = (known.id, known.name, *texts["headings"].get(known.id, ()))
        likely = heading_score(question, ways)
        if likely > score:
            score, best = likely, known
    if best is not None:
        if choice and best.kind != "several":
            return None, 0.0, "unknown", ""
        return best, score, "name_of_field" if score >= 0.9 else "nearly", choice
    by_content = _by_content(values, fields, texts)
    return (by_content, 0.6, "content", "") if by_content else (None, 0.0, "unknown", "")


def _by_content(values: Sequence[str], fields: Sequence[Field], texts: Texts) -> Field | None:
    """The field whose levels most of the words are."""
    words = {plain(part) for part in parts_of(values, separator_of(values))}
    if not words or len(words) > MOST_WORDS:
        return None
    best, most = None, 0.6
    for field in fields:
        said = {plain(way) for ways in ways_of(field, texts).values() for way in ways}
        share = len(words & said) / len(words)
        if share >= most and len(words & said) > 1:
            best, most = field, share + 1e-9
    return best


def ways_of(field: Field, texts: Texts) -> dict[str, tuple[str, ...]]:
    """For each level the ways of saying it: its id, its text, and words of other languages."""
    more = texts["levels"].get(field.id, {})
    return {level.id: (level.id, level.text, *more.get(level.id, ())) for level in field.levels}


def separator_of(values: Sequence[str]) -> str:
    """What sets several choices apart in these cells; "" where nothing does.

    >>> separator_of(["a;b;", "c"]), separator_of(["a, b", "b"]), separator_of(["a", "b"])
    (';', ',', '')
    """
    for separator in SEPARATORS:
        holding = [value for value in values if separator in value]
        if 50 * len(holding) >= len(values) and holding:
            whole, parts = set(values), set(parts_of(values, separator))
            if len(parts) <= max(len(whole), 3) or separator == ";":
                return separator
    return ""


def parts_of(values: Sequence[str], separator: str) -> list[str]:
    """The single choices of all cells, in order.

    >>> parts_of(["a; b;", "c"], ";")
    ['a', 'b', 'c']
    """
    if not separator:
        return list(values)
    return [part.strip() for value in values for part in value.split(separator) if part.strip()]


def _once(found: Sequence[ColumnProposal], texts: Texts) -> list[ColumnProposal]:
    """A field is filled by its surest column; several columns only where each stands for one choice."""
    best: dict[str, ColumnProposal] = {}
    for one in found:
        if one.use == FIELD and (one.field not in best or one.score > best[one.field].score):
            best[one.field] = one
    kept = []
    for one in found:
        first = best.get(one.field)
        if one.use != FIELD or first is one or (first is not None and first.choice and one.choice):
            kept.append(one)
        else:
            reason = texts["reasons"]["unknown"]
            kept.append(ColumnProposal(one.column, LEAVE, reason, filled=one.filled, distinct=one.distinct))
    return kept


def words_of(sheet: Sheet, use: ColumnUse, field: Field, texts: Texts) -> tuple[WordMatch, ...]:
    """The table of words of a column: each word in the file, its count, and the level it is or may be.

    Only the most frequent words are listed; empty for numbers, bands and fields without levels.
    """
    if use.reading or field.kind in ("number", "text") or not field.levels:
        return ()
    if use.choice:
        counts = {use.choice: sum(1 for cell in sheet.column(use.column) if cell)}
    else:
        cells = [cell for cell in sheet.column(use.column) if cell]
        counts = dict(Counter(parts_of(cells, use.separator)).most_common(MOST_WORDS))
    return match_words(counts, ways_of(field, texts))


def roles_of(
    sheet: Sheet, column: str, roles: Sequence[str], known: Mapping[str, str]
) -> tuple[WordMatch, ...]:
    """Job titles in a column, each with the role that it is by the saved table, or may be; most frequent first."""
    counts = Counter(cell for cell in sheet.column(column) if cell)
    meanings: dict[str, list[str]] = {role: [role] for role in roles}
    for title, role in known.items():
        meanings.setdefault(role, [role]).append(title)
    meanings.pop("", None)
    return match_words(dict(counts.most_common(MOST_WORDS)), meanings)
