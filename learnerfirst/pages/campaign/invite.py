"""Step two: the link, one-time codes, texts to send, the data-protection sheet, corrections."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML, Button, Dropdown, Text, Textarea

from learnerfirst.pages.campaign import messages as sent
from learnerfirst.pages.campaign.model import CampaignModel
from learnerfirst.pages.learner_power.words import day_words
from learnerfirst.pages.markup import details, heading, listing, paragraph
from learnerfirst.pages.one_time_codes import made_codes
from learnerfirst.pages.qr import qr_svg
from learnerfirst.pages.theme import boxed, put, shown

Guard = Callable[[Callable[..., Any]], Callable[..., Any]]
SHORT = 90


class InviteStep:
    """Owns what a facilitator needs to invite; ``texts`` are all of ``campaign_page.yaml``."""

    def __init__(self, model: CampaignModel, texts: Mapping[str, Any], guarded: Guard) -> None:
        self.model, self.all, self.texts = model, texts, texts["invite"]
        words = self.texts
        self.link, self.made, self.left = HTML(), HTML(), HTML()
        self.number = Text(description=words["codes_number"], value="100")
        self.make = Button(description=words["codes_make"])
        self.make.on_click(guarded(lambda _: model.make_codes(self.number.value)))
        self.codes = boxed(
            [HTML(heading(words["codes_heading"])), self.left, HTML(paragraph(words["codes_help"], "lf-help")),
             self.number, self.make, self.made], "lf-card", "lf-form",
        )  # fmt: skip
        self.messages = boxed([], "lf-form")
        to_send = boxed(
            [HTML(heading(words["messages_heading"])), HTML(paragraph(words["messages_help"], "lf-help")), self.messages],
            "lf-card", "lf-form",
        )  # fmt: skip
        self.protection = HTML()
        self.protection.add_class("lf-card")
        self._build_corrections(guarded)
        self.box = boxed([self.link, self.codes, to_send, self.protection, self.corrections], "lf-step")
        self._drawn: tuple[Any, ...] = ()

    def _build_corrections(self, guarded: Guard) -> None:
        words = self.texts
        self.which = Dropdown(description=words["correct_which"], options=[])
        self.text = Textarea(description=words["correct_text"], rows=3)
        self.reason = Text(description=words["correct_reason"])
        self.correct = Button(description=words["correct_action"])
        self.correct.on_click(guarded(lambda _: self._correct()))
        self.which.observe(guarded(lambda _: self._fill()), "value")
        self.listed = HTML()
        self.corrections = boxed(
            [HTML(heading(words["correct_heading"])), HTML(paragraph(words["correct_help"], "lf-help")),
             self.which, self.text, self.reason, self.correct, self.listed], "lf-card", "lf-form",
        )  # fmt: skip

    def _fill(self) -> None:
        if self.which.value:
            put(self.text, self.which.value[1])

    def _correct(self) -> None:
        if self.which.value:
            question, before = self.which.value
            self.model.correct(question, before, self.text.value, self.reason.value)
            self.reason.value = ""
            self._wordings()

    def refresh(self) -> None:
        """Redraw from the model."""
        model, words = self.model, self.texts
        if model.workshop is None:
            return
        shown(self.codes, model.campaign.access == "codes")
        put(self.left, paragraph(words["codes_left"].format(left=model.left)))
        put(self.made, self._made())
        put(self.listed, self._listed())
        shown(self.corrections, model.state in ("ahead", "open"))
        today = model.workshops.today().isoformat()
        drawn = (model.workshop.code, model.workshop.title, model.link, today)
        if drawn == self._drawn:
            return
        self._drawn = drawn
        qr = qr_svg(model.link, words["qr"].format(title=model.workshop.title))
        said = heading(words["link_heading"]) + f'<p class="lf-address">{escape(model.link)}</p>'
        said += paragraph(words["link_help"], "lf-quiet")
        put(
            self.link,
            f'<section class="lf-card"><div class="lf-invite"><div>{qr}</div><div>{said}</div></div></section>',
        )
        self.messages.children = tuple(self._message(one, today) for one in self._messages())
        put(self.protection, self._protection())
        self._wordings()

    def _wordings(self) -> None:
        options = [
            (f"{'– ' if kind == 'option' else ''}{text[:SHORT]}", (question, text))
            for question, text, kind in self.model.wordings()
        ]
        if tuple(options) != tuple(self.which.options):
            place = self.which.index or 0
            self.which.options = options
            self.which.index = min(place, len(options) - 1)
            self._fill()

    def _made(self) -> str:
        model, words = self.model, self.texts
        cards = sent.code_cards(model.workshop, model.link, model.codes, words)
        return made_codes(model.link, model.codes, cards, model.workshop.code.rpartition("/")[2], words)

    def _messages(self) -> tuple[sent.Message, ...]:
        return sent.messages(self.model.workshop, self.model.campaign, self.model.link, self.all["messages"])

    def _message(self, message: sent.Message, today: str) -> Any:
        words, kind = self.texts, self.all["messages"]["kinds"][message.kind]
        day = day_words(message.day)
        due = words["message_today"] if message.day == today else words["message_day"].format(day=day)
        head = HTML(heading(kind, 3) + paragraph(due, "lf-note" if message.day == today else "lf-quiet"))
        text = Textarea(
            description=words["message_text"].format(kind=kind, day=day),
            value=f"{message.subject}\n\n{message.body}",
            rows=12,
        )
        return boxed([head, text], "lf-form")

    def _protection(self) -> str:
        model, words, sheet = self.model, self.texts, self.all["protection"]
        about = (model.workshop, model.campaign, model.link, sheet)
        name = f"data-protection-{model.workshop.code.rpartition('/')[2]}.html"
        save = sent.data_link(sent.protection_file(*about), "text/html", name, words["protection_save"])
        inside = sent.protection(*about).replace("<h2>", "<h3>", 1).replace("</h2>", "</h3>", 1)
        return (
            f"{heading(words['protection_heading'])}{paragraph(words['protection_help'], 'lf-help')}"
            f'<p class="lf-actions">{save}</p>{details(words["protection_heading"], inside)}'
        )

    def _listed(self) -> str:
        words, made = self.texts, self.model.corrections
        if not made:
            return ""
        lines = [
            escape(
                words["correction"].format(
                    day=day_words(one.day),
                    answers=one.answers,
                    before=one.before,
                    after=one.after,
                    reason=one.reason,
                )
            )
            for one in made
        ]
        return heading(words["corrections_heading"], 3) + listing(lines)
