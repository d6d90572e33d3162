"""What learners said: a log of quotes that become evidence of fields, and the guide for five interviews."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML, Button, Dropdown, Text, Textarea

from learnerfirst.errors import Fault, InvalidInput
from learnerfirst.pages.frame import close_widgets
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import details, heading, listing, paragraph
from learnerfirst.pages.personas.edit_model import EditModel
from learnerfirst.pages.personas.model import PersonasModel
from learnerfirst.pages.theme import boxed, put
from learnerfirst.personas import Quote, still_to_ask, with_quote, without_quote
from learnerfirst.workshops.quote_log import LoggedQuote, QuoteLog

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
SOURCES = ("interview", "quote")


class QuotesLog:
    """Owns the form for a quote and the list of those there are. Show ``box``."""

    def __init__(
        self, page: PersonasModel, edit: EditModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap
    ) -> None:
        self.page, self.edit, self.texts = page, edit, texts
        self.notice, self.guarded = notice, guarded
        self.logged: tuple[LoggedQuote, ...] = ()
        self.persona = Dropdown(description=texts["quotes_persona"], options=[])
        self.field = Dropdown(
            description=texts["quotes_field"], options=[(one.name, one.id) for one in page.content.fields]
        )
        self.words = Textarea(description=texts["quotes_words"], rows=2)
        self.learner = Text(description=texts["quotes_learner"], value="1")
        self.source = Dropdown(
            description=texts["quotes_source"],
            options=[(texts[f"quotes_source_{one}"], one) for one in SOURCES],
        )
        self.button = Button(description=texts["quotes_action"])
        self.button.on_click(guarded(lambda _: self._add()))
        about = HTML(heading(texts["quotes_heading"]) + paragraph(texts["quotes_text"], "lf-quiet"))
        form = boxed(
            [
                boxed([self.persona, self.field], "lf-pair"),
                self.words,
                boxed([self.learner, self.source], "lf-pair"),
                self.button,
            ],
            "lf-form",
        )
        self.guide = HTML()
        self.list = boxed([], "lf-quotes")
        self.box = boxed([about, self.guide, boxed([form, self.list], "lf-two")], "lf-card", "lf-form")
        self.drawn: Any = None

    @property
    def log(self) -> QuoteLog:
        """The quotes in the store."""
        return QuoteLog(self.page.shelf)

    def _add(self) -> None:
        texts, learner = self.texts, self.learner.value.strip()
        if not learner.isdecimal():
            raise InvalidInput(texts["quotes_number"], [Fault("learner", repr(learner[:20]), "1 to 99")])
        quote = Quote(self.field.value, self.words.value.strip(), int(learner), self.source.value)
        persona_id = self.persona.value
        self.log.add(LoggedQuote(persona_id, quote))
        self.words.value = ""
        kept = self.page.shelf.get(persona_id)
        name = self.page.content.name_of(quote.field)
        self.look()
        if kept is None:
            return
        if kept.persona.value(quote.field) is None:
            self.page.edit(persona_id)
            with self.edit.hold_trait_notifications():
                self.edit.quoted, self.edit.field = quote.line, quote.field
            self.notice.show(texts["quotes_value"].format(field=name), "warn")
            return
        self.page.shelf.save(with_quote(kept.persona, quote), kept.version)
        self.page.look()
        self.notice.show(texts["quotes_done"].format(field=name, name=kept.persona.name))

    def _remove(self, logged: LoggedQuote) -> None:
        """Out of the log, and out of the field that it was the evidence of."""
        self.log.remove(logged)
        kept = self.page.shelf.get(logged.persona)
        if kept is not None:
            without = without_quote(kept.persona, logged.quote)
            if without != kept.persona:
                self.page.shelf.save(without, kept.version)
        self.look()
        self.page.look()
        self.refresh()

    def look(self) -> None:
        """Read the log anew."""
        if self.page.workshop is not None:
            self.logged = self.log.all()

    def refresh(self) -> None:
        """Redraw from the model."""
        if self.drawn is None:
            self.look()
        entries = [(each.persona.name, each.id) for each in self.page.active]
        if tuple(entries) != tuple(self.persona.options):
            chosen, ids = self.persona.value, [one for _, one in entries]
            self.persona.options = entries
            if ids:
                put(self.persona, chosen if chosen in ids else ids[0])
        put(self.guide, self._guide())
        names = {each.id: each.persona.name for each in self.page.kept}
        drawn = (self.logged, tuple(names.items()))
        if drawn == self.drawn:
            return
        self.drawn = drawn
        for old in self.list.children:
            close_widgets(old)
        none = [HTML(paragraph(self.texts["quotes_none"], "lf-quiet"))]
        rows = [self._row(number, one, names) for number, one in enumerate(self.logged, 1)]
        self.list.children = tuple(rows or none)

    def _row(self, number: int, logged: LoggedQuote, names: Mapping[str, str]) -> Any:
        texts, quote = self.texts, logged.quote
        told = texts["quotes_told"].format(
            persona=names.get(logged.persona, texts["quotes_gone"]),
            field=self.page.content.name_of(quote.field),
            learner=quote.learner,
        )
        said = f"<blockquote>{escape(quote.words)}</blockquote>{paragraph(told, 'lf-quiet lf-small')}"
        button = Button(description=texts["quotes_remove"].format(number=number))
        button.on_click(self.guarded(lambda _: self._remove(logged)))
        return boxed([HTML(said), button], "lf-quote")

    def _guide(self) -> str:
        texts, guide = self.texts, self.page.content.known.guide
        lists = "".join(
            heading(texts[f"guide_{name}"], 3) + listing(map(escape, getattr(guide, name)))
            for name in ("whom", "opening")
        )
        questions = [
            f"{escape(ask.ask)}<br><span class='lf-quiet lf-small'>{escape(' '.join(ask.ask_on))}</span>"
            for ask in guide.questions
        ]
        asked = heading(texts["guide_questions"], 3) + listing(questions, ordered=True)
        after = "".join(
            heading(texts[f"guide_{name}"], 3) + listing(map(escape, getattr(guide, name)))
            for name in ("avoid", "closing")
        )
        left = "".join(
            heading(texts["guide_left"].format(name=persona.name), 3)
            + listing(escape(ask.ask) for ask in asks)
            for persona in self.page.personas
            if (asks := still_to_ask(persona, guide))
        )
        return details(texts["guide_summary"], lists + asked + after + left)
