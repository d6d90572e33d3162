"""Can phones reach me? A QR code to try, what has arrived, and what it probably is when nothing does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML, Button, Dropdown

from learnerfirst.pages.before.phones_model import PhonesModel
from learnerfirst.pages.markup import details, heading, listing, paragraph, table
from learnerfirst.pages.qr import qr_svg
from learnerfirst.pages.theme import boxed, put, shown

NOTES = {"good": "lf-good-news", "here": "lf-warn", "no": "lf-warn", "certain": "lf-bad"}


class PhonesPart:
    """Owns the widgets of the test. ``texts`` are all of ``before.yaml``."""

    def __init__(
        self,
        model: PhonesModel,
        texts: Mapping[str, Any],
        guarded: Callable[[Callable[..., Any]], Callable[..., Any]],
    ) -> None:
        self.model, self.texts, self.causes = model, texts["phones"], texts["causes"]
        words, self.drawing = self.texts, False
        self.head = HTML(heading(words["heading"]) + paragraph(words["lead"], "lf-quiet"))
        self.state, self.card, self.why, self.list = HTML(), HTML(), HTML(), HTML()
        self.state.add_class("lf-reach")
        self.which = Dropdown(description=words["choose"], options=[])
        self.which.observe(guarded(self._chosen), names="value")
        self.again = Button(description=words["again"])
        self.again.on_click(guarded(lambda _: model.begin()))
        self.offer = boxed([self.card, self.which, self.again], "lf-card", "lf-form", "lf-reach-offer")
        self.body = boxed([self.offer, boxed([self.why, self.list], "lf-step")], "lf-step")
        self.box = boxed([self.head, self.state, self.body], "lf-step")

    def refresh(self) -> None:
        """Redraw from the model."""
        model = self.model
        put(self.state, self._state())
        put(self.why, "".join(self._cause(name, number) for number, name in enumerate(model.causes, 1)))
        offered = bool(model.token) and model.state != "certain"
        shown(self.offer, offered)
        (self.body.add_class if offered else self.body.remove_class)("lf-two")
        options = self._options()
        self.drawing = True
        if tuple(self.which.options) != tuple(options):
            self.which.options = options
        put(self.which, model.chosen)
        self.drawing = False
        shown(self.which, len(options) > 1)
        put(self.card, self._card() if model.token else "")
        put(self.list, self._list())

    def _chosen(self, change: Any) -> None:
        """A person chose; a redraw, which changes values too, did not."""
        if not self.drawing:
            self.model.choose(change.new)

    def _options(self) -> list[tuple[str, str]]:
        model, words = self.model, self.texts
        first = [(words["as_invited"].format(address=_plain(model.invited)), model.invited)]
        return first + [
            (words["other"].format(address=_plain(way.base), interface=way.interface), way.base)
            for way in model.ways
            if way.base != model.invited
        ]

    def _state(self) -> str:
        state, words = self.model.state, self.texts
        said = f"{heading(words[f'{state}_heading'], 3)}{paragraph(words[state])}"
        mark = '<span class="lf-tick" aria-hidden="true">✓</span>' if state == "good" else ""
        return f'<div class="lf-note {NOTES.get(state, "")}" role="status">{mark}<div>{said}</div></div>'

    def _cause(self, name: str, number: int) -> str:
        cause = self.causes[name]
        port = str(self.model.port)
        steps = listing((escape(step.replace("{port}", port)) for step in cause["do"]), ordered=True)
        title = cause["title"] if len(self.model.causes) == 1 else f"{number}. {cause['title']}"
        return (
            f'<section class="lf-card lf-cause">{heading(title, 3)}{paragraph(cause["why"], "lf-quiet")}'
            f'<p class="lf-label"><strong>{escape(self.texts["what_to_do"])}</strong></p>{steps}</section>'
        )

    def _card(self) -> str:
        model, words = self.model, self.texts
        other = ""
        if model.chosen != model.invited:
            ip = model.chosen.split("://", 1)[-1].rpartition(":")[0]
            other = paragraph(words["shown_other"].format(ip=ip), "lf-note lf-warn")
        return (
            f'<div class="lf-invite"><div>{qr_svg(model.address, words["qr"].format(address=model.address))}</div>'
            f'<div>{paragraph(words["how"])}<p class="lf-quiet lf-label">{escape(words["address"])}</p>'
            f'<p class="lf-address">{escape(_plain(model.address))}</p>{other}</div></div>'
        )

    def _list(self) -> str:
        model, words = self.model, self.texts
        inside = paragraph(words["list_none"])
        if model.ways:
            answers = {True: words["answers_yes"], False: words["answers_no"]}
            rows = [[way.ip, way.interface, answers.get(way.answers, "")] for way in model.ways]
            inside = table(words["list_heading"], words["list_head"], rows)
        if model.left_out:
            names = ", ".join(model.left_out)
            inside += paragraph(words["left_out"].format(names=names), "lf-small lf-quiet")
        return details(words["list_heading"], inside)

    def close(self) -> None:
        """Forget the test."""
        if self.model.token:
            self.model.tests.end(self.model.token)


def _plain(address: str) -> str:
    return address.split("://", 1)[-1]
