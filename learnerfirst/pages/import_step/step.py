"""The block itself: owns its parts, follows the model. Show ``box``; end with ``close``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from traitlets import All

from learnerfirst import content
from learnerfirst.exchange.inbox import Inbox
from learnerfirst.pages.frame import close_widgets
from learnerfirst.pages.import_step.check import CheckPart, DonePart
from learnerfirst.pages.import_step.choose import ChoosePart
from learnerfirst.pages.import_step.columns import ColumnsPart
from learnerfirst.pages.import_step.model import STAGES, ImportModel
from learnerfirst.pages.import_step.words import WordsPart
from learnerfirst.pages.theme import boxed, shown
from learnerfirst.pages.work import Work
from learnerfirst.personas.fields import Field

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
Save = Callable[[Sequence[Mapping[str, Any]], Sequence[Field], str], Any]


class ImportStep:
    """A survey or HR export from its choice to rows of ``{field: value}``.

    ``save(rows, fields, title)`` is called in a thread with the rows that fit; ``done()`` after it, on the page.
    ``guarded`` wraps each callback. Texts: ``data/texts/import_step.yaml``.
    """

    def __init__(
        self,
        inbox: Inbox,
        fields: Sequence[Field],
        save: Save,
        guarded: Wrap,
        done: Callable[[], Any] = lambda: None,
        today: Callable[[], date] = date.today,
    ) -> None:
        texts = content.texts("import_step")
        self.model = ImportModel(inbox, fields, content.texts("intake"), texts, save, today)
        self.guarded, self.done = guarded, done
        self.work = Work(guarded, lambda: None)
        self.parts: dict[str, Any] = {
            "choose": ChoosePart(self.model, texts["choose"], self.work, guarded),
            "columns": ColumnsPart(self.model, texts["columns"], self.work, guarded),
            "words": WordsPart(self.model, texts["words"], texts["check"], self.work, guarded),
            "check": CheckPart(self.model, texts["check"], self.work, self._finished, guarded),
            "done": DonePart(self.model, texts["done"], guarded),
        }
        self.box = boxed([self.work.box, *(self.parts[stage].box for stage in STAGES)], "lf-import")
        self.model.observe(self._changed, names=All)
        self.refresh()

    def _finished(self, made: Any) -> None:
        self.model.brought_in(made)
        self.done()

    def _changed(self, _change: Any) -> None:
        self.guarded(self.refresh)()

    def refresh(self) -> None:
        """Redraw from the model; drawing twice changes nothing."""
        for stage, part in self.parts.items():
            here = self.model.stage == stage
            shown(part.box, here)
            if here:
                part.refresh()

    def close(self) -> None:
        """Let go of everything."""
        self.work.stop()
        self.model.unobserve_all()
        close_widgets(self.box)
