"""Fields of a form that is saved as a whole: what was seen when they were filled, and what was typed since. Nothing typed is lost."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any


class Fields:
    """Widgets (or whatever has a ``value``) by name. ``seen``: what each showed when it was filled.

    A form of several things (one goal after another, one community after another) fills them by a ``key``; what was
    typed for another key and not saved comes back with that key.
    """

    def __init__(self, widgets: Mapping[str, Any]) -> None:
        self.widgets = dict(widgets)
        self.key: Any = None
        self.seen: dict[str, Any] = {}
        self.aside: dict[Any, tuple[dict[str, Any], dict[str, Any]]] = {}

    @property
    def values(self) -> dict[str, Any]:
        """What stands in them now."""
        return {name: one.value for name, one in self.widgets.items()}

    @property
    def typed(self) -> tuple[str, ...]:
        """Names of those that differ from what was seen."""
        return tuple(
            name for name, value in self.values.items() if name in self.seen and value != self.seen[name]
        )

    def fill(self, key: Any, values: Mapping[str, Any]) -> None:
        """Show ``values``; where the key is the same, what was typed stays."""
        if key == self.key:
            typed = self.typed
            for name, value in values.items():
                if name not in typed:
                    self._put(name, value)
            return
        if self.typed:
            self.aside[self.key] = (self.seen, self.values)
        self.key, (seen, typed_) = key, self.aside.pop(key, ({}, {}))
        for name, value in values.items():
            self._put(name, value)
        if seen:
            self.seen = seen
            for name, value in typed_.items():
                if self.widgets[name].value != value:
                    self.widgets[name].value = value

    def settle(self, names: Collection[str] | None = None) -> None:
        """What stands in them now was saved; typing is measured from here."""
        for name in self.widgets if names is None else names:
            self.seen[name] = self.widgets[name].value

    def rebase(self, values: Mapping[str, Any]) -> None:
        """Others' values were seen now; what was typed stays typed."""
        self.seen = {**self.seen, **values}

    def forget(self, values: Mapping[str, Any]) -> None:
        """Drop what was typed and show ``values``."""
        for name, value in values.items():
            self._put(name, value)

    def _put(self, name: str, value: Any) -> None:
        self.seen[name] = value
        if self.widgets[name].value != value:
            self.widgets[name].value = value
