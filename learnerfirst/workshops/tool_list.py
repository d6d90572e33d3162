"""The candidates of a workshop: tools that somebody has in mind, beside its personas, chosen last."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from learnerfirst.errors import Fault, InvalidInput
from learnerfirst.personas import Requirement, Tool, free_id, tool_from
from learnerfirst.workshops.persona_shelf import PersonaShelf

KIND = "tools"
MOST = 20


class ToolList:
    """The tools of one workshop, in the order in which they were written down.

    ``requirements``: what a tool may be asked for; of a new one nobody has looked into any.
    """

    def __init__(self, shelf: PersonaShelf, requirements: Sequence[Requirement]) -> None:
        self.shelf, self.requirements = shelf, tuple(requirements)

    def all(self) -> tuple[Tool, ...]:
        """Every candidate."""
        found = self.shelf.note(KIND)
        return () if found is None else self._read(found.body)

    def add(self, name: str, like: Tool | None = None) -> None:
        """Write a tool down; ``like`` is a kind of tool whose answers it begins with. The same name is kept once."""
        unclear = frozenset(one.id for one in self.requirements)
        words = name.strip()
        if not 1 <= len(words) <= 120:
            fault = Fault("tool", repr(words[:60]), "a name of 1 to 120 characters")
            raise InvalidInput("the tool was not written down", [fault])

        def added(known: tuple[Tool, ...]) -> tuple[Tool, ...]:
            if any(one.name.casefold() == words.casefold() for one in known):
                return known
            ident = free_id(words, [one.id for one in known])
            made = (
                Tool(ident, words, like.meets, like.unclear) if like else Tool(ident, words, unclear=unclear)
            )
            return (*known, made)

        self._change(added)

    def put(self, tool: Tool) -> None:
        """Change what is known about a tool."""
        self._change(lambda known: tuple(tool if one.id == tool.id else one for one in known))

    def remove(self, tool_id: str) -> None:
        """Take a tool off the list."""
        self._change(lambda known: tuple(one for one in known if one.id != tool_id))

    def _change(self, change: Callable[[tuple[Tool, ...]], tuple[Tool, ...]]) -> None:
        def changed(body: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
            before = () if body is None else self._read(body)
            after = change(before)
            if len(after) > MOST:
                raise InvalidInput(f"There are {MOST} tools on the list already. Remove some first.")
            return None if after == before else {"tools": [one.as_dict() for one in after]}

        self.shelf.change_note(KIND, changed)

    def _read(self, body: Mapping[str, Any]) -> tuple[Tool, ...]:
        """Requirements that the content no longer has are left out."""
        known = {one.id for one in self.requirements}
        return tuple(
            tool_from(
                {
                    **entry,
                    **{key: [one for one in entry[key] if one in known] for key in ("meets", "unclear")},
                },
                self.requirements,
            )
            for entry in body["tools"]
        )
