"""Nobody stands alone: who is counted where, so that all that was ever shown tells only groups of five or more apart.

For groups that anyone may redraw again and again (who fits which persona), withholding cells soon leaves nothing to
show: two pictures differ by the two people who moved. So one to four people who would stand apart, now or beside all
that was shown before, are counted with the group next to them instead. Every shown group is then made of whole blocks
of five people or more, and sums and differences of blocks are blocks again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

from learnerfirst.privacy.wording import THRESHOLD

EXTRA = 3

Place = tuple[str, str]
NOBODY = "(none)"


def in_company(
    wanted: Mapping[str, Place],
    earlier: Sequence[Mapping[str, Hashable]],
    salt: str,
    least: int = THRESHOLD,
) -> dict[str, Place]:
    """Return where each person is counted; who is left out is not counted this time.

    ``wanted``: person → (group, second group or ""), ``"(none)"`` being a group like the others. ``earlier``: for each
    release so far, who was counted and where, under the same names. People with the same past form a block; within a
    block a group stands on its own from ``least`` people on, five or more. Up to two more are needed, drawn from
    ``salt`` and the people in it, so that a group which appears or not tells nothing certain about one more person.
    Smaller groups go to their second group where that stands, else to the largest; where a group is small in several
    blocks, as many of these as make up its size are filled up to ``least`` instead (random rounding), so that it is
    neither lost nor counted twice. Up to four who left take others of their block with them; up to four new ones wait.

    >>> wanted = {f"p{number}": ("a", "") for number in range(20)} | {"q": ("b", ""), "r": (NOBODY, "")}
    >>> sorted(set(in_company(wanted, [], "s").values()))
    [('a', '')]
    """
    blocks: dict[tuple[Hashable, ...], list[str]] = {}
    for name in sorted({*wanted, *(name for moment in earlier for name in moment)}):
        blocks.setdefault(tuple(moment.get(name) for moment in earlier), []).append(name)
    least = max(least, THRESHOLD)
    firsts: list[dict[str, str]] = []
    for past, block in blocks.items():
        here = [name for name in block if name in wanted]
        if any(place is not None for place in past):
            here = _without_leavers(here, len(block) - len(here), salt)
        if len(here) >= THRESHOLD:
            firsts.append(
                _split(here, lambda name: wanted[name][0], lambda name: wanted[name][1], salt, least)
            )
    _fill_up(firsts, wanted, salt, least)
    found: dict[str, Place] = {}
    for block_firsts in firsts:
        found |= _placed(block_firsts, wanted, salt, least)
    return found


def _fill_up(firsts: Sequence[dict[str, str]], wanted: Mapping[str, Place], salt: str, least: int) -> None:
    """Groups that are small in several blocks stand in as many of them as their people, rounded, make up."""
    small: dict[str, dict[int, list[str]]] = {}
    for at, block in enumerate(firsts):
        for name, first in block.items():
            if wanted[name][0] != first:
                small.setdefault(wanted[name][0], {}).setdefault(at, []).append(name)
    for group, there in sorted(small.items()):
        people = sorted(name for names in there.values() for name in names)
        blocks, rest = divmod(len(people), least)
        blocks += int(_digest(salt, group, *people)[:8], 16) % least < rest
        if len(there) < 2:
            continue
        order = sorted(there, key=lambda at: (-len(there[at]), _digest(salt, group, *there[at])))
        for at in order:
            if blocks and _filled(firsts[at], group, there[at], wanted, salt, least):
                blocks -= 1


def _filled(
    block: dict[str, str], group: str, own: Sequence[str], wanted: Mapping[str, Place], salt: str, least: int
) -> bool:
    """Let ``group`` stand in a block: its own people and company from the largest group; False where too few stay."""
    sizes = _sizes(first for name, first in block.items() if name not in own)
    missing = max(0, least - len(own))
    if group in sizes or not sizes:
        return False
    largest = max(sorted(sizes), key=lambda one: sizes[one])
    sizes[largest] -= missing
    if min(sizes.values()) < THRESHOLD:
        return False
    lenders = [
        name for name, first in block.items() if first == largest == wanted[name][0] and name not in own
    ]
    company = sorted(lenders, key=lambda name: _digest(salt, group, name))[:missing]
    if len(company) < missing:
        return False
    block.update(dict.fromkeys([*own, *company], group))
    return True


def _without_leavers(here: list[str], gone: int, salt: str) -> list[str]:
    """Those who stay: who left is five people at least, or nobody."""
    if not gone:
        return here
    order = sorted(here, key=lambda name: _digest(salt, name))
    stay = order[max(0, THRESHOLD - gone) :]
    return sorted(stay) if len(stay) >= THRESHOLD else []


def _placed(
    firsts: Mapping[str, str], wanted: Mapping[str, Place], salt: str, least: int
) -> dict[str, Place]:
    found: dict[str, Place] = {}
    for first in sorted(set(firsts.values())):
        people = [name for name, one in firsts.items() if one == first]
        own = {name: wanted[name][1] if wanted[name][0] == first else "" for name in people}
        large = _large(people, own.__getitem__, salt, least)
        second = {name: own[name] if own[name] in large else "" for name in people}
        seconds = _split(people, second.__getitem__, lambda _name: "", salt, least)
        found |= {name: (first, seconds[name]) for name in people}
    return found


def _split(
    people: Sequence[str],
    group: Callable[[str], str],
    otherwise: Callable[[str], str],
    salt: str,
    least: int,
) -> dict[str, str]:
    """Each person's group where it is large enough, else their other one, else the largest."""
    large = _large(people, group, salt, least)
    if not large:
        sizes = _sizes(map(group, people))
        return dict.fromkeys(people, max(sorted(sizes), key=lambda name: (sizes[name], name != NOBODY)))
    usual = max(sorted(large), key=lambda name: (name != NOBODY, large[name]))
    found = {}
    for name in people:
        tried = [one for one in (group(name), otherwise(name)) if one in large]
        found[name] = tried[0] if tried else usual
    return found


def _large(people: Sequence[str], group: Callable[[str], str], salt: str, least: int) -> dict[str, int]:
    members: dict[str, list[str]] = {}
    for name in people:
        members.setdefault(group(name), []).append(name)
    return {name: len(found) for name, found in members.items() if _enough(found, salt, least)}


def _enough(members: Sequence[str], salt: str, least: int) -> bool:
    if not least <= len(members) < least + EXTRA - 1:
        return len(members) >= least
    return len(members) >= least + int(_digest(salt, *sorted(members))[:8], 16) % EXTRA


def _sizes(groups: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for group in groups:
        found[group] = found.get(group, 0) + 1
    return found


def _digest(salt: str, *names: str) -> str:
    return hashlib.sha256("\n".join((salt, *names)).encode()).hexdigest()
