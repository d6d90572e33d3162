"""Learning groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from learnerfirst.content import texts

if TYPE_CHECKING:
    from learnerfirst.groups import Groups


def form_groups(
    people: Any,
    size: int,
    balance: Sequence[str] | Mapping[str, float],
    apart: Iterable[Any] = (),
    together: Iterable[Any] = (),
    previous: Any = None,
    seed: int = 0,
) -> Groups:
    """Learning groups in which each is as much like the whole as can be, and everybody has a place.

    Parameters
    ----------
    people : a frame of any kind (it is collected), or rows
        ``person_id`` and the columns that are named elsewhere.
    size : people in a group; there are round(n / size) groups (at least one), their sizes differ by at most one
    balance : names of columns, or ``{column: weight}``
        Texts are categories (department, location, time zone; not known is a level of its own); numbers (competency)
        are balanced in mean and spread, not known counts as the mean.
    apart, together : pairs or larger sets of person_ids, kept always
        ``("person_id", "manager_id")`` names two columns: nobody is with whom the second one names; None and NaN are nobody,
        and so is who is not among the people.
    previous : an earlier result, a frame with ``person_id`` and ``group``, or a list of them
        Who was in a group together is not again, as far as there is a way.
    seed : the same seed gives the same groups

    Start: alike people dealt back and forth (snake); then swaps between groups, annealed up to 600 people. Cost: squared
    deviation of each group from the whole over all criteria.

    Returns Groups: ``.groups`` (person_id, group from 1), ``.members``, ``.balance`` (a criterion each: reached, random, least,
    share = reached / random), ``.apart``, ``.together``, ``.repeated``, ``.unmet`` and ``.summary`` in words.
    InvalidInput names all faults; ImpossibleGroups the wishes that contradict.

    >>> rows = [{"person_id": n, "department": "Sales" if n < 4 else "Care"} for n in range(8)]
    >>> formed = form_groups(rows, 4, ["department"], apart=[(0, 4)])
    >>> formed.sizes, formed.summary
    ((4, 4), '2 groups of 4 people. department: 0 % of the deviation that random groups have.')
    """
    from learnerfirst.groups import formed

    return formed(people, size, balance, texts("groups"), apart, together, previous, seed)
