"""Tools come last: candidates against what the personas need of them, saying who would be left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from learnerfirst.answers import shown
from learnerfirst.errors import Fault, InvalidInput
from learnerfirst.personas.implications import Implications
from learnerfirst.personas.persona import Persona

NO_SCREEN = "no_screen"
"""Whatever needs no screen reaches people whatever they have."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a tool may have to do; ``without``: what it means for people where the tool does not."""

    id: str
    text: str
    without: str


@dataclass(frozen=True, slots=True)
class Need:
    """A requirement of one persona: ``must`` where people are left out without it, else a wish; why, and from which field.

    ``instead``: requirements of which each would do as well, such as a computer instead of a phone.
    """

    requirement: str
    must: bool
    because: str
    field: str
    instead: tuple[str, ...] = ()

    def among(self, requirements: frozenset[str]) -> bool:
        """Whether it, or what does as well instead, is one of these."""
        return self.requirement in requirements or any(other in requirements for other in self.instead)


@dataclass(frozen=True, slots=True)
class Tool:
    """A candidate. ``meets``: ids of requirements; ``unclear``: those that nobody has looked into yet."""

    id: str
    name: str
    meets: frozenset[str] = frozenset()
    unclear: frozenset[str] = frozenset()

    def as_dict(self) -> dict[str, Any]:
        """Plain values; :func:`tool_from` reads them back."""
        return {
            "id": self.id,
            "name": self.name,
            "meets": sorted(self.meets),
            "unclear": sorted(self.unclear),
        }


@dataclass(frozen=True, slots=True)
class PersonaFit:
    """One tool for one persona: needs met, musts missing, musts nobody has looked into, wishes not met."""

    persona: str
    name: str
    size: int | None
    met: tuple[Need, ...]
    missing: tuple[Need, ...]
    unclear: tuple[Need, ...]
    wishes: tuple[Need, ...]

    @property
    def left_out(self) -> bool:
        """Whether the tool leaves this persona out: it misses a must."""
        return bool(self.missing)


@dataclass(frozen=True, slots=True)
class ToolFit:
    """One tool for all personas."""

    tool: Tool
    rows: tuple[PersonaFit, ...]

    @property
    def left_out(self) -> tuple[PersonaFit, ...]:
        """The personas that it leaves out."""
        return tuple(row for row in self.rows if row.left_out)

    @property
    def people_left_out(self) -> int:
        """How many people these stand for, as far as sizes are known."""
        return sum(row.size or 0 for row in self.left_out)


def needs_of(implications: Implications) -> tuple[Need, ...]:
    """What a persona needs of a tool, each requirement once, musts first."""
    found: dict[str, Need] = {}
    reaching = [(requirement, item) for item in implications for requirement in item.reach]
    if reaching:
        first, item = reaching[0]
        others = dict.fromkeys([*(requirement for requirement, _ in reaching), NO_SCREEN])
        instead = tuple(requirement for requirement in others if requirement != first)
        found[first] = Need(first, True, item.because, item.field, instead)
    for must in (True, False):
        for item in implications:
            for requirement in item.needs if must else item.wishes:
                found.setdefault(requirement, Need(requirement, must, item.because, item.field))
    return tuple(found.values())


def tool_fits(tools: Sequence[Tool], personas: Sequence[tuple[Persona, Implications]]) -> tuple[ToolFit, ...]:
    """Each tool against each persona; the tool that leaves the fewest out comes first (personas, then people).

    >>> from learnerfirst.personas.implications import Implication
    >>> item = Implication("r", "device", "for phones", "no desk", "device", ("phone",), "evidence", needs=("phone",))
    >>> tom = (Persona("tom", "Tom", size=40), Implications("tom", (item,), (), {}))
    >>> fits = tool_fits([Tool("course", "Course"), Tool("app", "App", frozenset({"phone"}))], [tom])
    >>> [(fit.tool.name, [row.name for row in fit.left_out], fit.people_left_out) for fit in fits]
    [('App', [], 0), ('Course', ['Tom'], 40)]
    """
    fits = [ToolFit(tool, tuple(_row(tool, *pair) for pair in personas)) for tool in tools]
    return tuple(sorted(fits, key=_rank))


def tool_from(mapping: Mapping[str, Any], requirements: Sequence[Requirement]) -> Tool:
    """The tool that ``as_dict`` wrote; InvalidInput with all faults: no name, requirements that are not known."""
    known = [requirement.id for requirement in requirements]
    faults = []
    name, ident = mapping.get("name"), mapping.get("id")
    for key, value in (("id", ident), ("name", name)):
        if not isinstance(value, str) or not value.strip() or len(value) > 120:
            faults.append(Fault(key, shown(value), "a text of 1 to 120 characters"))
    sets = {}
    for key in ("meets", "unclear"):
        listed = mapping.get(key, [])
        if not isinstance(listed, list | tuple) or not all(part in known for part in listed):
            faults.append(Fault(key, shown(listed), f"a list out of: {', '.join(known)}"))
            listed = ()
        sets[key] = frozenset(listed)
    if faults:
        raise InvalidInput("this tool cannot be used", faults)
    return Tool(str(ident), str(name), sets["meets"], sets["unclear"] - sets["meets"])


def _row(tool: Tool, persona: Persona, implications: Implications) -> PersonaFit:
    needs = needs_of(implications)
    met = tuple(need for need in needs if need.among(tool.meets))
    rest = [need for need in needs if not need.among(tool.meets)]
    return PersonaFit(
        persona=persona.id,
        name=persona.name,
        size=persona.size,
        met=met,
        missing=tuple(need for need in rest if need.must and not need.among(tool.unclear)),
        unclear=tuple(need for need in rest if need.must and need.among(tool.unclear)),
        wishes=tuple(need for need in rest if not need.must),
    )


def _rank(fit: ToolFit) -> tuple[int, int, int, int]:
    unclear = sum(len(row.unclear) for row in fit.rows)
    return (
        len(fit.left_out),
        fit.people_left_out,
        unclear,
        sum(len(row.wishes) + len(row.missing) for row in fit.rows),
    )
