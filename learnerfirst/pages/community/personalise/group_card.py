"""Learning groups of the community: formed, looked at, kept; the groups of now, and those of before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ipywidgets import HTML

from learnerfirst.errors import ImpossibleGroups, StaleDocument
from learnerfirst.pages.buttons import button
from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.community.personalise.group_form import GroupForm
from learnerfirst.pages.community.personalise.group_html import impossible_html
from learnerfirst.pages.community.personalise.group_rounds import even_html, now_html, proposal_html
from learnerfirst.pages.community.personalise.group_words import count_words, formed_on, in_a_row
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.personas.downloads import link
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.pages.work import Work
from learnerfirst.workshops.community_forming import form_round
from learnerfirst.workshops.community_groups import CommunityGroups, Round

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
ENOUGH = 4


class GroupCard:
    """Owns form, proposal and kept groups. ``texts``: the step's words. Show ``box``."""

    def __init__(
        self, model: CommunityModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap
    ) -> None:
        self.model, self.texts, self.words, self.notice = model, texts, texts["groups"], notice
        self.rounds: tuple[Round, ...] = ()
        self.proposal: Round | None = None
        self.about, self.seed, self.sure = "", 0, False
        self.work = Work(guarded, self.refresh)
        self.form = GroupForm(self.words, self._form, guarded)
        self.head, self.now, self.drawn, self.even, self.clash = (HTML() for _ in range(5))
        self.use = button(self.words["use"], self._use, guarded, "lf-primary")
        self.others = button(self.words["other_groups"], self._others, guarded)
        self.drop = button(self.words["drop"], lambda: self._propose(None), guarded)
        acts = boxed([self.use, self.others, self.drop], "lf-actions")
        self.preview = boxed([self.drawn, acts, self.even], "lf-card", "lf-form")
        self.back = button(self.words["take_back"], lambda: self._ask(True), guarded, "lf-quiet-button")
        self.yes = button(self.words["take_back_yes"], self._take_back, guarded, "lf-danger")
        self.no = button(self.words["take_back_no"], lambda: self._ask(False), guarded)
        sure = HTML(paragraph(self.words["take_back_sure"]))
        self.asking = boxed([sure, boxed([self.yes, self.no], "lf-actions")], "lf-confirm")
        self.kept = boxed([self.now, self.back, self.asking], "lf-card", "lf-form")
        parts = [self.head, self.form.box, self.work.box, self.clash]
        self.forming = boxed(parts, "lf-card", "lf-form")
        self.box = boxed([self.kept, self.forming, self.preview], "lf-step")

    @property
    def groups(self) -> CommunityGroups:
        """The rounds in the store."""
        return CommunityGroups(self.model.workshops, self.model.workshop.code)

    @property
    def newest(self) -> Round | None:
        """The groups of now, or None."""
        found = self.rounds[-1] if self.rounds else None
        return found if found is not None and found.people(self.model.plan) else None

    # -- what it does

    def _form(self) -> None:
        self.seed = 0
        self._search()

    def _others(self) -> None:
        self.seed += 1
        self._search()

    def _search(self) -> None:
        plan, rounds, wanted = self.model.plan, self.rounds, self.form.wanted(self.seed)
        self.form.wishes.fold()  # groups are shown to everybody, wishes are not
        day = self.model.workshops.today()

        def formed() -> Round | ImpossibleGroups:
            try:
                return form_round(plan, rounds, wanted, day)
            except ImpossibleGroups as error:
                return error  # said on the card, not as something that broke

        self.work.run(self.words["working"], formed, lambda found: self._found(plan.id, found))

    def _found(self, community_id: str, found: Round | ImpossibleGroups) -> None:
        if community_id != self.model.community_id:
            return  # another community was opened in the meantime
        if isinstance(found, ImpossibleGroups):
            self._propose(None)
            put(self.clash, impossible_html(found, self.words))
        else:
            self._propose(found)

    def _propose(self, made: Round | None) -> None:
        self.proposal = made
        put(self.clash, "")
        self.refresh()
        self.model.told()

    def _use(self) -> None:
        if self.proposal is None:
            return
        try:
            self.groups.keep(self.model.community_id, self.proposal, self.rounds)
        except StaleDocument:
            self.look()
            raise
        self.proposal = None
        self.notice.show(self.words["kept"])
        self.look()
        self.model.told()

    def _ask(self, sure: bool) -> None:
        self.sure = sure
        self.refresh()

    def _take_back(self) -> None:
        self.sure = False
        try:
            self.groups.take_back(self.model.community_id, self.rounds)
        finally:
            self.look()
        self.notice.show(self.words["taken_back"])
        self.model.told()

    # -- what it shows

    def look(self) -> None:
        """Read the rounds, and draw."""
        model = self.model
        if model.kept is None:
            return
        if model.community_id != self.about:
            self.about, self.proposal, self.sure = model.community_id, None, False
            put(self.clash, "")
            self.form.forget()
        self.rounds = self.groups.of(model.community_id)
        if self.proposal is not None and not self.proposal.people(model.plan):
            self.proposal = None  # everybody in it has left
            model.told()
        self.refresh()

    def finding(self) -> str:
        """The proposal, else the groups of now and who is in none."""
        words, newest = self.words["finding"], self.newest
        if self.proposal is not None:
            return str(words["proposal"].format(groups=self._counted(self.proposal)))
        if newest is None:
            return str(words["none"])
        groups = self._counted(newest)
        kept = str(words["kept"].format(groups=groups[:1].upper() + groups[1:], day=formed_on(newest)))
        left = in_a_row(
            (one.name for one in newest.waiting(self.model.plan)), self.texts["list"]["more_rows"]
        )
        return str(words["waiting"].format(kept=kept, names=left)) if left else kept

    def refresh(self) -> None:
        """Redraw from what was read; what was chosen stays."""
        model, words = self.model, self.words
        if model.kept is None:
            return
        plan, newest, proposal = model.plan, self.newest, self.proposal
        enough = plan.size >= ENOUGH
        few = paragraph(words["few_one" if plan.size == 1 else "few"].format(count=plan.size), "lf-note")
        told = paragraph(words["text"], "lf-quiet")
        put(self.head, heading(words["heading"]) + told + ("" if enough else few))
        shown(self.form.box, enough)
        if enough:
            self.form.know(plan)
        self.form.again(proposal is not None or newest is not None)
        self.form.form.disabled = self.work.busy
        shown(self.preview, proposal is not None and not self.work.busy)
        if proposal is not None:
            put(self.drawn, proposal_html(proposal, self.rounds, plan, self.texts))
            put(self.even, even_html(proposal, words))
        shown(self.kept, newest is not None)
        shown(self.back, not self.sure)
        shown(self.asking, self.sure)
        if newest is not None:
            put(self.now, now_html(self.rounds, plan, self._links(), self.texts))

    def _counted(self, made: Round) -> str:
        return count_words([len(group) for group in made.people(self.model.plan)], self.words)

    def _links(self) -> str:
        model, words = self.model, self.words
        code, community_id = model.workshop.code, model.community_id
        file = f"{model.addresses.community(code, community_id)}/groups.csv"
        large = f"{model.addresses.projector(code)}?view=groups_{community_id}"
        save = link(file, words["file"], download=True)
        return f'<p class="lf-actions">{link(large, words["projector"])}{save}</p>'
