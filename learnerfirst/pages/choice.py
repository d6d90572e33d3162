"""A list to choose from whose options change while somebody is choosing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ipywidgets import Dropdown

_NOBODY = object()


class Choice:
    """Owns the list ``field``. ``changed(value)`` is called when a person, or a test, chooses; not when options change."""

    def __init__(self, description: str, changed: Callable[[Any], Any] | None = None) -> None:
        self.field = Dropdown(description=description, options=[])
        self.changed = changed
        self.offering = False
        self.field.observe(self._chosen, names="value")

    @property
    def value(self) -> Any:
        """What is chosen; None where there is nothing to choose."""
        return self.field.value

    @value.setter
    def value(self, value: Any) -> None:
        self.field.value = value

    @property
    def values(self) -> tuple[Any, ...]:
        """What can be chosen."""
        return tuple(one[1] if isinstance(one, tuple) else one for one in self.field.options)

    def _chosen(self, change: Any) -> None:
        if self.changed is not None and not self.offering:
            self.changed(change.new)

    def offer(self, options: list[Any], value: Any = _NOBODY) -> None:
        """Give these options, and choose ``value``; by default what was chosen, where that is gone the first one."""
        before, self.offering = self.field.value, True
        try:
            if list(self.field.options) != options:
                self.field.options = options
            there = self.values
            wanted = before if value is _NOBODY else value
            chosen = wanted if wanted in there else None if value is None else next(iter(there), None)
            if self.field.value != chosen:
                self.field.value = chosen
        finally:
            self.offering = False
