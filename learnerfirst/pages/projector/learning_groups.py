"""The views of a community's learning groups: who is with whom, names as large as they fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from learnerfirst.communities import Member
from learnerfirst.content import texts
from learnerfirst.pages.community.personalise.group_words import count_words, in_a_row
from learnerfirst.workshops.community_groups import CommunityGroups

if TYPE_CHECKING:
    from learnerfirst.pages.projector.community import ShownCommunity

COLUMNS, LINES = 5, 14.0
NARROW = 12
LARGE_GROUPS, LARGE_SIZE, LONG_SIZE = 4, 6, 12


def learning_groups(about: ShownCommunity) -> Mapping[str, str]:
    """``groups_ID``, and ``groups_ID-2`` on where there are more than one screen holds; nothing without groups."""
    rounds = CommunityGroups(about.workshops, about.code).of(about.plan.id)
    groups = rounds[-1].people(about.plan) if rounds else ()
    if not groups:
        return {}
    words = texts("community_personalise")
    counted = count_words([len(group) for group in groups], words["groups"])
    title = words["projector"]["title"].format(name=about.plan.name, groups=counted)
    left = in_a_row((one.name for one in rounds[-1].waiting(about.plan)), words["list"]["more_rows"])
    late = f'<p class="quiet">{escape(words["projector"]["waiting"].format(names=left))}</p>' if left else ""
    names = _short(about.plan.members)
    found: dict[str, str] = {}
    first = 1
    for part in _screens(groups, bool(left)):
        name = f"groups_{about.plan.id}{f'-{len(found) + 1}' if found else ''}"
        found[name] = _screen(title, part, first, late, names, words["projector"])
        first += len(part)
    return found


def _screens(groups: Sequence[Sequence[Member]], late: bool) -> list[Sequence[Sequence[Member]]]:
    """As many groups a screen as have room on the smallest one."""
    longest = max(map(len, groups))
    columns = COLUMNS if longest <= LONG_SIZE else 2
    high = 1.5 + (longest if longest <= LONG_SIZE else -(-longest // 2))
    most = columns * max(1, int((LINES - (1.5 if late else 0)) // high))
    return [groups[at : at + most] for at in range(0, len(groups), most)]


def _screen(
    title: str,
    groups: Sequence[Sequence[Member]],
    first: int,
    late: str,
    names: Mapping[str, str],
    words: Mapping[str, str],
) -> str:
    longest = max(map(len, groups))
    large = len(groups) <= LARGE_GROUPS and longest <= LARGE_SIZE
    size = "large" if large else "long" if longest > LONG_SIZE else "many"
    parts = "".join(
        f"<section><h2>{escape(words['group'].format(number=number))}</h2>"
        f"<ul>{''.join(f'<li>{escape(one.name if large else names[one.id])}</li>' for one in group)}</ul></section>"
        for number, group in enumerate(groups, start=first)
    )
    return f'<div class="result teams"><h1>{escape(title)}</h1><div class="{size}">{parts}</div>{late}</div>'


def _short(members: Sequence[Member]) -> dict[str, str]:
    """Id to a name that fits a narrow column: of a long one the last word as a letter, where that is still one person."""
    short = {one.id: _initial(one.name) for one in members}
    often = Counter(short.values())
    return {one.id: short[one.id] if often[short[one.id]] == 1 else one.name for one in members}


def _initial(name: str) -> str:
    """A long name with its last word as a letter.

    >>> _initial("Ana Chandrasekhar"), _initial("Ana Bell"), _initial("Chandrasekharan")
    ('Ana C.', 'Ana Bell', 'Chandrasekharan')
    """
    rest, _, last = name.rpartition(" ")
    return f"{rest} {last[0]}." if rest and last and len(name) > NARROW else name
