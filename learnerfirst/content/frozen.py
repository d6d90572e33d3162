"""Loaded content that nobody can change: it is cached and shared by everything in a process."""

from __future__ import annotations

from typing import Any, NoReturn


class FrozenDict(dict[str, Any]):
    """A dict that refuses every change; it still compares, pickles and goes into JSON as a dict.

    >>> FrozenDict(a=1)["a"]
    1
    >>> FrozenDict(a=1).update(b=2)
    Traceback (most recent call last):
    TypeError: content is shared and cannot be changed; copy it with dict(...)
    """

    def _refuse(self, *_args: object, **_named: object) -> NoReturn:
        raise TypeError("content is shared and cannot be changed; copy it with dict(...)")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[type[FrozenDict], tuple[dict[str, Any]]]:
        return (FrozenDict, (dict(self),))

    def __deepcopy__(self, _memo: object) -> FrozenDict:
        return self


def freeze(value: object) -> Any:
    """The same value with every mapping a :class:`FrozenDict` and every list a tuple, all the way down."""
    if isinstance(value, dict):
        return FrozenDict((key, freeze(part)) for key, part in value.items())
    if isinstance(value, list | tuple):
        return tuple(freeze(part) for part in value)
    return value
