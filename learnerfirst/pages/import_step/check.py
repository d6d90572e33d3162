"""Before it comes in: which rows fit, what is wrong with the others, who is one person; and that it is in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML, Button

from learnerfirst import content
from learnerfirst.intake.table import FaultGroup, grouped
from learnerfirst.pages.import_step.model import ONE_PERSON, ImportModel
from learnerfirst.pages.markup import heading, listing, paragraph
from learnerfirst.pages.theme import boxed, put, shown

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
LISTS = "../inbox/lists/"
MOST_GROUPS = 50


def list_link(name: str, words: str) -> str:
    """A link that saves one of the inbox's lists."""
    return f'<p class="lf-actions"><a class="lf-link-button lf-plain" href="{LISTS}{escape(name)}" download>{escape(words)}</a></p>'


class CheckPart:
    """Owns the summary, the faults and the button that brings the rows in."""

    def __init__(
        self,
        model: ImportModel,
        texts: Mapping[str, Any],
        work: Any,
        finished: Callable[[Any], Any],
        guarded: Wrap,
    ) -> None:
        self.model, self.texts, self.work, self.finished = model, texts, work, finished
        self.said, self.faults = HTML(), HTML()
        self.take, self.back = Button(), Button(description=texts["back"])
        self.take.add_class("lf-primary")
        self.take.on_click(guarded(lambda _: self._take()))
        self.back.on_click(guarded(lambda _: model.go("words")))
        inside = [self.said, self.faults, boxed([self.take, self.back], "lf-actions")]
        self.box = boxed(inside, "lf-card", "lf-form")

    def refresh(self) -> None:
        """Redraw."""
        taken, texts = self.model.taken, self.texts
        if taken is None:
            return
        put(self.said, heading(texts["heading"]) + "".join(paragraph(line) for line in self._lines()))
        put(self.faults, self._faults())
        people = f"{taken.people.people:,}"
        good = texts["import_good_one" if taken.set_aside == 1 else "import_good"]
        words = good.format(people=people, aside=f"{taken.set_aside:,}")
        self.take.description = words if taken.set_aside else texts["import_all"].format(people=people)
        shown(self.take, taken.people.people > 0)

    def _lines(self) -> list[str]:
        taken, texts = self.model.taken, self.texts
        people = taken.people
        numbers = {"rows": f"{taken.read:,}", "good": f"{people.rows:,}", "aside": f"{taken.set_aside:,}"}
        lines = [texts["some" if taken.set_aside else "all_good"].format(**numbers)]
        if not people.rows:
            return [*lines, texts["nothing"]]
        known = any(use == ONE_PERSON for use in self.model.uses.values())
        form = ("people_merged" if people.several else "people") if known else "people_rows"
        lines.append(texts[form].format(people=f"{people.people:,}", several=f"{people.several:,}"))
        if people.without_id:
            lines.append(texts["without_id"].format(count=f"{people.without_id:,}"))
        if people.differ:
            names = {one.id: one.name for one in taken.fields}
            listed = ", ".join(f"{names[name]} ({count:,})" for name, count in people.differ.items())
            lines.append(texts["differ"].format(fields=listed))
        if self.model.roles is not None and taken.titles:
            lines.append(texts["unmapped"].format(share=round(100 * taken.share_unmapped)))
        if taken.left_out:
            lines.append(texts["left_out"].format(columns=", ".join(taken.left_out)))
        return lines

    def _faults(self) -> str:
        taken, texts = self.model.taken, self.texts
        if not taken.faults:
            return ""
        groups = grouped(taken.faults)
        made = heading(texts["faults_heading"], 3) + listing(map(self._group, groups[:MOST_GROUPS]))
        words = texts["list_link"].format(count=f"{len(taken.faults):,}")
        return made + (list_link(self.model.fault_list, words) if self.model.fault_list else "")

    def _group(self, group: FaultGroup) -> str:
        """One column and kind: how many rows, three of them, what to do."""
        texts = self.texts
        kinds = {**content.texts("spreadsheets")["faults"], **self.model.intake["faults"]}
        what = texts["group"].format(what=kinds.get(group.kind, group.kind), count=f"{group.count:,}")
        examples = " · ".join(
            texts["example"].format(row=f"{one.row:,}", value=one.value[:60]) for one in group.examples
        )
        head = f"<p><strong>{escape(group.column)}</strong>: {escape(what)}</p>"
        return head + paragraph(examples, "lf-small") + paragraph(group.fix, "lf-quiet")

    def _take(self) -> None:
        self.work.run(self.texts["saving"], self.model.bring_in, self.finished)


class DonePart:
    """Says that it is in, and offers the recipe."""

    def __init__(self, model: ImportModel, texts: Mapping[str, Any], guarded: Wrap) -> None:
        self.model, self.texts = model, texts
        self.said = HTML()
        self.again = Button(description=texts["again"])
        self.again.on_click(guarded(lambda _: model.go("choose")))
        self.box = boxed([self.said, self.again], "lf-card", "lf-form")

    def refresh(self) -> None:
        """Redraw."""
        taken, texts, model = self.model.taken, self.texts, self.model
        if taken is None:
            return
        lines = [texts["said"].format(people=f"{taken.people.people:,}", file=model.title)]
        if taken.set_aside:
            lines.append(texts["aside"].format(aside=f"{taken.set_aside:,}"))
        lines.append(texts["gone" if model.deleted else "stays"])
        made = heading(texts["heading"]) + "".join(paragraph(line) for line in lines)
        if model.recipe_list:
            made += list_link(model.recipe_list, texts["recipe_link"]) + paragraph(
                texts["recipe_help"], "lf-help"
            )
        put(self.said, f'<div role="status">{made}</div>')
