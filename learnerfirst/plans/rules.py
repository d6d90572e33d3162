"""What a plan goes by: rules as data. Kinds of resources, devices, languages, pace, and what is tried before a course is built."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

OPTIONS = ("peer", "job_aid", "coaching", "resource", "build")
WHOLE, PART = "whole", "part"


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a name and the words by which files call it."""

    id: str
    name: str
    words: tuple[str, ...] = ()


N = TypeVar("N", bound=Named)


@dataclass(frozen=True, slots=True)
class Kind(Named):
    """A kind of resource. ``methods``: preferred ways to learn that it is; ``option``: as what triage counts it."""

    methods: tuple[str, ...] = ()
    option: str = "resource"


@dataclass(frozen=True, slots=True)
class Device(Named):
    """What a resource runs on. ``reach``: the persona's devices that do; ``everybody``: it needs no device."""

    reach: tuple[str, ...] = ()
    everybody: bool = False


@dataclass(frozen=True, slots=True)
class AccessRule:
    """A need of access: kinds of resources for which it has to be asked, and those that it rules out."""

    need: str
    ask: tuple[str, ...] = ()
    out: tuple[str, ...] = ()
    says: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """Conditions that all hold; one that says nothing holds always."""

    peers: int = 0
    has: str = ""
    path: tuple[str, ...] = ()
    gap_at_most: float | None = None
    gap_at_least: float | None = None
    level_at_least: float | None = None
    importance_at_least: float | None = None
    nothing_else: bool = False


@dataclass(frozen=True, slots=True)
class TriageRule:
    """One answer to a gap: the first ``when`` that holds gives its reason; where none does, ``otherwise``."""

    option: str
    title: str
    rules: tuple[tuple[When, str], ...]
    otherwise: str


@dataclass(frozen=True, slots=True)
class PlanRules:
    """Everything a plan goes by; minutes everywhere. ``words``: its sentences, with places to fill in."""

    kinds: tuple[Kind, ...] = ()
    devices: tuple[Device, ...] = ()
    languages: tuple[Named, ...] = ()
    access: tuple[AccessRule, ...] = ()
    triage: tuple[TriageRule, ...] = ()
    pace: Mapping[str, float] = field(default_factory=dict)
    stretch: Mapping[str, float] = field(default_factory=dict)
    lengths: Mapping[str, float] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    translate: tuple[str, ...] = ()
    words: Mapping[str, Any] = field(default_factory=dict)

    def kind(self, word: str) -> Kind | None:
        """The kind that a word means."""
        return _meant(word, self.kinds)

    def device(self, word: str) -> Device | None:
        """The device that a word means."""
        return _meant(word, self.devices)

    def language(self, word: str) -> str:
        """The id of a language, the word itself in small letters where it is not known: "en-GB" is English, too."""
        found = _meant(word, self.languages) or _meant(word.replace("_", "-").split("-")[0], self.languages)
        return found.id if found else word.strip().casefold()

    def language_name(self, word: str) -> str:
        """How a language is called in sentences."""
        key = self.language(word)
        return next((one.name for one in self.languages if one.id == key), word.strip())


def _meant(word: str, known: tuple[N, ...]) -> N | None:
    plain = word.strip().casefold()
    return next((one for one in known if plain in (one.id, one.name.casefold(), *one.words)), None)
