"""The log of what learners said, beside the personas of a workshop; a learner is a number, never a name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from learnerfirst.errors import InvalidInput
from learnerfirst.personas import Quote, quotes_from
from learnerfirst.workshops.persona_shelf import PersonaShelf

KIND = "quotes"
MOST = 200


@dataclass(frozen=True, slots=True)
class LoggedQuote:
    """A quote, and the id of the persona that it is about."""

    persona: str
    quote: Quote


class QuoteLog:
    """The quotes of one workshop, in the order in which they were written down."""

    def __init__(self, shelf: PersonaShelf) -> None:
        self.shelf = shelf

    def all(self) -> tuple[LoggedQuote, ...]:
        """Every quote."""
        found = self.shelf.note(KIND)
        return () if found is None else _read(found.body)

    def add(self, logged: LoggedQuote) -> None:
        """Write one more down; InvalidInput names what does not fit."""
        checked = LoggedQuote(logged.persona, quotes_from([logged.quote.as_dict()])[0])
        self._change(lambda known: known if checked in known else (*known, checked))

    def remove(self, logged: LoggedQuote) -> None:
        """Take one out."""
        self._change(lambda known: tuple(one for one in known if one != logged))

    def _change(self, change: Callable[[tuple[LoggedQuote, ...]], tuple[LoggedQuote, ...]]) -> None:
        def changed(body: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
            before = () if body is None else _read(body)
            after = change(before)
            if len(after) > MOST:
                raise InvalidInput(f"There are {MOST} quotes already. Remove those that are not needed.")
            listed = [{**one.quote.as_dict(), "persona": one.persona} for one in after]
            return None if after == before else {"quotes": listed}

        self.shelf.change_note(KIND, changed)


def _read(body: Mapping[str, Any]) -> tuple[LoggedQuote, ...]:
    listed = body["quotes"]
    quotes = quotes_from(listed)
    return tuple(
        LoggedQuote(str(entry.get("persona", "")), quote) for entry, quote in zip(listed, quotes, strict=True)
    )
