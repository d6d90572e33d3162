"""The working agreement: drafted here, asked on phones, talked about, adopted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ipywidgets import HTML, Button

from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.community.people.agreement_html import heard_html, sentences_html
from learnerfirst.pages.community.round_card import RoundCard
from learnerfirst.pages.community.saved_text import SavedText
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.learner_power.words import day_words
from learnerfirst.pages.markup import details, heading, paragraph
from learnerfirst.pages.personas.downloads import link
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.workshops.community_agreement import (
    MOST,
    PURPOSE,
    Adopted,
    CommunityAgreement,
    Heard,
    sentences_from,
)

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
ROWS = 10


class AgreementPart:
    """Owns the sentences, the round on phones, what came of it, and the button that adopts."""

    def __init__(
        self, model: CommunityModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap
    ) -> None:
        self.model, self.notice, self.words, self.found = model, notice, texts["agreement"], texts["finding"]
        self.adopted: Adopted | None = None
        self.heard: Heard | None = None
        self.asked: tuple[str, ...] = ()
        named = {**texts, "agreement_round": self.words["round"]}
        self.round = RoundCard(
            model,
            named,
            guarded,
            "agreement_round",
            PURPOSE,
            self._open,
            close_round=lambda _: self._read(),
            expected=self._members,
            waited=lambda: not self._settled(),
        )
        self.draft = ""
        self.text = SavedText(
            self.words["label"], lambda: self.draft, self._save, texts["page"], guarded, long=True
        )
        self.text.field.rows = ROWS
        self.adopt = Button(description=self.words["adopt"])
        self.adopt.on_click(guarded(lambda _: self._adopt()))
        self.status, self.result, self.reading = HTML(), HTML(), HTML()
        help_ = HTML(paragraph(self.words["help"].format(most=MOST), "lf-help"))
        self.acts = boxed([self.adopt], "lf-actions")
        inside = [self.status, self.text.box, help_, self.acts]
        self.sentences = boxed(inside, "lf-card", "lf-form")
        self.heard_card = boxed([self.result], "lf-card", "lf-heard")
        self.read_card = boxed([self.reading], "lf-card")
        self.box = boxed([], "lf-step")
        self.of = ""

    # -- what it does

    @property
    def kept(self) -> CommunityAgreement:
        """The agreement of the open community, in the store."""
        return CommunityAgreement(self.model.workshops, self.model.workshop.code, self.model.community_id)

    def _members(self) -> int:
        return self.model.plan.size if self.model.kept is not None else 0

    def _save(self, before: str, after: str) -> None:
        plan, method = self.model.plan, self.model.method
        try:
            self.kept.save_draft(before, after, plan, method)
        finally:
            self.draft = self.kept.draft(plan, method)
        self.refresh()

    def _open(self) -> None:
        self.kept.open(self.model.plan.name, sentences_from(self.text.field.value))
        self._read()

    def _adopt(self) -> None:
        sentences = sentences_from(self.text.field.value)
        self.kept.adopt(self.model.plan.agreement, sentences)
        self.model.look()
        self.look()
        self.model.told()
        self.notice.show(self.words["adopted"])

    # -- what it shows

    def look(self) -> None:
        """Count who answered, and read what a closed round says."""
        if self.model.kept is None:
            return
        self._read()
        self.round.look()
        self.refresh()

    def _read(self) -> None:
        kept, model = self.kept, self.model
        self.draft = kept.draft(model.plan, model.method)
        self.adopted, self.heard, self.asked = kept.adopted(), kept.heard(), kept.asked(kept.round)

    def finding(self) -> str:
        """Where the agreement is: asked, heard, adopted or only drafted."""
        words, heard, plan = self.found, self.heard, self.model.plan
        if self.round.state == "open":
            return str(words["asked"])
        if plan.agreement and (self._settled() or not self._newer()):
            form = "adopted_one" if len(plan.agreement) == 1 else "adopted"
            return str(words[form].format(count=len(plan.agreement)))
        if heard is None:
            return str(words["draft"])
        count = len(heard.disputed)
        form = "heard_all" if not count else "heard_one" if count == 1 else "heard_many"
        return str(words[form].format(people=heard.people, fine=heard.fine, count=count))

    def _newer(self) -> bool:
        """Whether other sentences were heard than those that hold."""
        return self.heard is not None and self.asked != self.model.plan.agreement

    def refresh(self) -> None:
        """Redraw from what was read; what was typed stays."""
        if self.model.kept is None:
            return
        if self.of != self.model.community_id:  # another community's sentences come in, whatever stood there
            self.of = self.model.community_id
            self.text.start()
        self.text.refresh()
        self.round.refresh()
        words, state = self.words, self.round.state
        put(self.status, heading(words["heading"]) + self._status())
        put(self.reading, sentences_html(self.asked, words))
        few = heading(words["heard_heading"]) + paragraph(words["too_few"], "lf-note")
        told = few if self.heard is None else heard_html(self.heard, words)
        put(self.result, details(words["heard_heading"], told) if self._settled() else told)
        known = {
            "open": (self.round.box, self.read_card),
            "closed": (self.heard_card, self.sentences, self.round.box),
        }
        wanted = known.get(state, (self.sentences, self.round.box))
        if state == "closed" and self._settled():
            wanted = (self.sentences, self.heard_card, self.round.box)
        if tuple(self.box.children) != wanted:
            self.box.children = wanted
        self._draw_adopt()

    def _settled(self) -> bool:
        """Whether what stands there is what holds."""
        return bool(self.model.plan.agreement) and self._lines() == self.model.plan.agreement

    def _lines(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.text.field.value.splitlines() if line.strip())

    def _draw_adopt(self) -> None:
        words, settled = self.words, self._settled()
        told = self.heard is not None and self._lines() == self.asked
        said = words["adopt" if told else "adopt_aloud"]
        if self.adopt.description != said:
            self.adopt.description = said
        first = self.round.state == "closed" and not settled
        self.adopt.add_class("lf-primary") if first else self.adopt.remove_class("lf-primary")
        shown(self.acts, not settled)

    def _status(self) -> str:
        """Whether these sentences hold, and how they were adopted."""
        words, plan = self.words, self.model.plan
        if not plan.agreement:
            lines = paragraph(words["text"]) + paragraph(words["proposed"], "lf-quiet")
        elif self._settled():
            lines = paragraph(words["holds"], "lf-note lf-good-news") + self._held() + self._large()
        else:
            lines = paragraph(words["differs"], "lf-note lf-warn")
        if self.round.state == "closed" and not self._settled() and self._lines() != self.asked:
            lines += paragraph(words["differs_asked"], "lf-note")
        return lines

    def _held(self) -> str:
        how = self.adopted
        if how is None:
            return ""
        told = self.words["held_counts" if how.asked else "held_aloud"]
        counts = {"accepted": how.accepted, "asked": how.asked, "members": how.members}
        return paragraph(told.format(day=day_words(how.day), **counts), "lf-quiet")

    def _large(self) -> str:
        model = self.model
        view = f"{model.addresses.projector(model.workshop.code)}?view=agreement_{model.community_id}"
        return f'<p class="lf-actions">{link(view, self.words["large"])}</p>'
