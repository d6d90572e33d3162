"""What follows from a persona for the design of training, each with the field that it comes from. Rules are data.

Preferences and access only: no rule may rest on a learning style, since no such field exists.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from learnerfirst.personas.fields import Field, field_of
from learnerfirst.personas.persona import ASSUMPTION, Persona

ASPECTS = ("delivery", "device", "unit", "timing", "theme", "reason", "access", "channel")


@dataclass(frozen=True, slots=True)
class Rule:
    """If ``field`` says one of ``any`` (of anything, if empty), ``says`` follows for ``aspect``, ``because`` of it.

    ``{value}`` in the texts is what the persona says. ``makes`` and ``rules_out`` name what a design gets or must not
    have: where one rule makes what another rules out, the two conflict. ``needs`` and ``wishes``: ids of requirements to tools;
    ``reach``: those of which any one, of any rule, is enough, such as phone or computer.
    """

    id: str
    aspect: str
    field: str
    says: str
    because: str
    any: tuple[str, ...] = ()
    makes: tuple[str, ...] = ()
    rules_out: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    reach: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules, the names of aspects, and what is said about each thing that rules may conflict over."""

    rules: tuple[Rule, ...]
    aspects: Mapping[str, str] = field(default_factory=dict)
    tensions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Implication:
    """One thing that follows. ``field`` and ``values``: what it comes from; ``tag``: whether that is evidence."""

    rule: str
    aspect: str
    text: str
    because: str
    field: str
    values: tuple[str, ...]
    tag: str
    makes: tuple[str, ...] = ()
    rules_out: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    reach: tuple[str, ...] = ()

    @property
    def assumed(self) -> bool:
        """Whether it rests on an assumption."""
        return self.tag == ASSUMPTION


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two implications that cannot both be followed: the first makes what the second rules out."""

    about: str
    first: Implication
    second: Implication
    text: str


@dataclass(frozen=True, slots=True)
class Implications:
    """Everything that follows from one persona. ``unsaid``: aspects about which nothing does, each with the fields that would say."""

    persona: str
    items: tuple[Implication, ...]
    conflicts: tuple[Conflict, ...]
    unsaid: Mapping[str, tuple[str, ...]]

    def __iter__(self) -> Iterator[Implication]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def of(self, aspect: str) -> tuple[Implication, ...]:
        """Those of one aspect (:data:`ASPECTS`), in the order of the rules."""
        return tuple(item for item in self.items if item.aspect == aspect)


def implications_of(persona: Persona, rules: Rules, fields: Sequence[Field]) -> Implications:
    """What follows from a persona by the rules, in the order of aspects.

    >>> from learnerfirst.personas.persona import Detail
    >>> rule = Rule("phone", "device", "device", "make it for {value}", "they have {value}", ("work_phone",))
    >>> mira = Persona("mira", "Mira", {"device": Detail(("work_phone", "laptop"))})
    >>> [(item.text, item.field, item.tag) for item in implications_of(mira, Rules((rule,)), ())]
    [('Make it for work_phone', 'device', 'assumption')]
    """
    followed = [found for rule in rules.rules if (found := _followed(persona, rule, fields)) is not None]
    items = tuple(sorted(followed, key=lambda item: ASPECTS.index(item.aspect)))
    said = {item.aspect for item in items}
    unsaid = {
        aspect: tuple(dict.fromkeys(rule.field for rule in rules.rules if rule.aspect == aspect))
        for aspect in ASPECTS
        if aspect not in said
    }
    return Implications(persona.id, items, tuple(_conflicts(items, rules.tensions)), unsaid)


def _followed(persona: Persona, rule: Rule, fields: Sequence[Field]) -> Implication | None:
    value = persona.value(rule.field)
    if value is None:
        return None
    parts: tuple[str | float, ...] = value if isinstance(value, tuple) else (value,)
    fitting = tuple(part for part in parts if not rule.any or part in rule.any)
    if not fitting:
        return None
    known = field_of(fields, rule.field)
    shown = [known.text_of(part) if known else str(part) for part in fitting]
    words = joined(shown)
    text = rule.says.replace("{value}", words)
    return Implication(
        rule=rule.id,
        aspect=rule.aspect,
        text=text[:1].upper() + text[1:],
        because=rule.because.replace("{value}", words),
        field=rule.field,
        values=tuple(map(str, fitting)),
        tag=persona.details[rule.field].tag,
        makes=rule.makes,
        rules_out=rule.rules_out,
        needs=rule.needs,
        wishes=rule.wishes,
        reach=rule.reach,
    )


def _conflicts(items: Sequence[Implication], tensions: Mapping[str, str]) -> Iterator[Conflict]:
    for first in items:
        for second in items:
            for about in first.makes:
                if first is not second and about in second.rules_out:
                    yield Conflict(about, first, second, tensions.get(about, ""))


def joined(words: Sequence[str]) -> str:
    """Words as one reads them.

    >>> joined(["a", "b", "c"])
    'a, b and c'
    """
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
