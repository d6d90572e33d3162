"""From assumption to evidence: the guide for five learner interviews, and quotes that become evidence of fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from learnerfirst.answers import shown
from learnerfirst.errors import Fault, InvalidInput
from learnerfirst.personas.persona import ASSUMPTION, EVIDENCE, MAX_NOTE, Detail, Persona, Value

INTERVIEWS, MAX_WORDS = 5, 400
QUOTED = ("interview", "quote")


@dataclass(frozen=True, slots=True)
class Ask:
    """One question of the interview, what to ask on, and the fields that it tells about."""

    ask: str
    ask_on: tuple[str, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """The guide: whom to ask, what to say first, questions in order, what to do afterwards."""

    title: str
    whom: tuple[str, ...]
    opening: tuple[str, ...]
    questions: tuple[Ask, ...]
    avoid: tuple[str, ...]
    closing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """What a learner said about a field. ``learner`` is a number (1-99), never a name; ``source``: interview or quote."""

    field: str
    words: str
    learner: int = 1
    source: str = "interview"

    def as_dict(self) -> dict[str, Any]:
        """Plain values; :func:`quotes_from` reads a list of them back."""
        return {
            "field": self.field,
            "words": self.words,
            "learner": self.learner,
            "source": self.source,
        }

    @property
    def line(self) -> str:
        """The quote as it stands in a field's note."""
        return f"“{' '.join(self.words.split())}” (learner {self.learner})"


def quotes_from(listed: Iterable[Any]) -> tuple[Quote, ...]:
    """A log of quotes from plain values; InvalidInput with all faults."""
    faults: list[Fault] = []
    quotes = []
    for number, entry in enumerate(listed, 1):
        found = entry if isinstance(entry, Mapping) else {}
        quote = Quote(
            found.get("field", ""),
            found.get("words", ""),
            found.get("learner", 1),
            found.get("source", "interview"),
        )
        faults += _faults(quote, f"quote {number}")
        quotes.append(quote)
    if faults:
        raise InvalidInput("these quotes cannot be used", faults)
    return tuple(quotes)


def with_quote(persona: Persona, quote: Quote, value: Value | None = None) -> Persona:
    """A new persona in which the quote is evidence of its field, with ``value`` if given, else the value that stands there.

    Quotes of one field collect in its note, each once. InvalidInput where the field says nothing yet and no value is given.

    >>> mira = Persona("mira", "Mira", {"device": Detail(("laptop",))})
    >>> device = with_quote(mira, Quote("device", "I only have my phone", 2), ("own_phone",)).details["device"]
    >>> device.value, device.tag, device.source, device.note
    (('own_phone',), 'evidence', 'interview', '“I only have my phone” (learner 2)')
    """
    faults = list(_faults(quote, "quote"))
    before = persona.details.get(quote.field)
    if value is None and (before is None or not before.filled):
        faults.append(
            Fault(quote.field, "no value", "what does the quote say about this field? give a value")
        )
    if faults:
        raise InvalidInput("this quote cannot be used", faults)
    old = before if before is not None else Detail("")
    notes = [old.note] if old.note else []
    if quote.line not in old.note:
        notes.append(quote.line)
    note = "\n".join(notes)
    if len(note) > MAX_NOTE:
        found = f"{len(note)} characters of notes"
        raise InvalidInput("this quote cannot be used", [Fault(quote.field, found, f"at most {MAX_NOTE}")])
    source = old.source if old.tag == EVIDENCE and value in (None, old.value) else quote.source
    detail = Detail(old.value if value is None else value, EVIDENCE, source, note)
    if detail.value == old.value:
        detail = replace(detail, shares=old.shares)
    return replace(persona, details={**persona.details, quote.field: detail})


def without_quote(persona: Persona, quote: Quote) -> Persona:
    """A new persona without this quote; a field that rested on quotes alone, and has none left, is an assumption again."""
    old = persona.details.get(quote.field)
    if old is None or quote.line not in old.note.split("\n"):
        return persona
    lines = [line for line in old.note.split("\n") if line != quote.line]
    rests = old.source not in QUOTED or any(line.startswith("“") for line in lines)
    tag, source = (old.tag, old.source) if rests else (ASSUMPTION, "")
    detail = replace(old, note="\n".join(lines), tag=tag, source=source)
    return replace(persona, details={**persona.details, quote.field: detail})


def still_to_ask(persona: Persona, guide: Guide) -> tuple[Ask, ...]:
    """The questions of the guide that tell about fields which are not evidence yet, in the guide's order."""
    known = {key for key, detail in persona.details.items() if detail.filled and detail.tag == EVIDENCE}
    return tuple(ask for ask in guide.questions if not set(ask.fields) <= known)


def told_by(quotes: Sequence[Quote], field: str) -> int:
    """How many different learners said something about a field."""
    return len({quote.learner for quote in quotes if quote.field == field})


def _faults(quote: Quote, where: str) -> Iterable[Fault]:
    field, words, learner, source = quote.field, quote.words, quote.learner, quote.source
    if not isinstance(field, str) or not field.strip():
        yield Fault(f"{where}: field", shown(field), "the field that it tells about")
    if not isinstance(words, str) or not words.strip() or len(words) > MAX_WORDS:
        yield Fault(f"{where}: words", shown(words), f"the learner's own words, 1 to {MAX_WORDS} characters")
    if isinstance(learner, bool) or not isinstance(learner, int) or not 1 <= learner <= 99:
        yield Fault(f"{where}: learner", shown(learner), "a number from 1 to 99, never a name")
    if source not in QUOTED:
        yield Fault(f"{where}: source", shown(source), f"one of: {', '.join(QUOTED)}")
