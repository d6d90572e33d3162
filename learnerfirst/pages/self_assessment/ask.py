"""Step one: choose a profile, see what people are promised, open it; then invitation, count, close."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any
from urllib.parse import urlsplit

from ipywidgets import HTML, Button, Dropdown

from learnerfirst import content
from learnerfirst.pages.addresses import LOOPBACK
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.learner_power.words import day_words
from learnerfirst.pages.markup import details, heading, listing, paragraph, table
from learnerfirst.pages.qr import qr_svg
from learnerfirst.pages.self_assessment.model import SelfAssessmentModel
from learnerfirst.pages.self_assessment.which import offer
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.privacy import THRESHOLD
from learnerfirst.workshops.self_assessments import Assessment

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
MANY = 25


class AskStep:
    """Owns the choice, the promise and one card for each self-assessment that was opened."""

    def __init__(
        self, model: SelfAssessmentModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap
    ) -> None:
        self.model, self.texts, self.notice, self.guarded = model, texts, notice, guarded
        self.which = Dropdown(description=texts["which"], options=[])
        self.way = Dropdown(
            description=texts["way"], options=[(texts["way_link"], ""), (texts["way_now"], "now")]
        )
        self.about, self.none, self.promise = HTML(), HTML(), HTML()
        self.launch = Button(description=texts["launch"])
        self.launch.add_class("lf-primary")
        self.launch.on_click(guarded(lambda _: self._launch()))
        self.which.observe(guarded(lambda _: self.refresh()), names="value")
        head = HTML(heading(texts["heading"]))
        self.form = boxed(
            [head, self.none, self.which, self.about, self.way, self.launch], "lf-card", "lf-form"
        )
        self.never = HTML(self._never())
        self.listed = boxed([], "lf-step")
        self.cards: dict[str, tuple[HTML, Any]] = {}
        self.past = HTML()
        self.box = boxed(
            [self.listed, boxed([self.form, self.promise], "lf-two"), self.past, self.never], "lf-step"
        )

    def _launch(self) -> None:
        made = self.model.launch(self.which.value, now=self.way.value == "now")
        self.notice.show(self.texts["launched"].format(role=made.profile.role))

    def _close(self, activity_id: str) -> None:
        self.model.close(activity_id)
        self.notice.show(self.texts["closed"])

    def refresh(self) -> None:
        """Redraw from the model."""
        model, texts = self.model, self.texts
        if model.workshop is None:
            return
        options = [(self._named(one), f"{one.code}/{one.role_id}") for one in model.choices]
        offer(self.which, options)
        for widget in (self.which, self.way, self.launch, self.about, self.promise):
            shown(widget, bool(options))
        put(self.none, "" if options else self._nothing())
        put(self.about, self._about() if options else "")
        put(self.promise, self._promise() if options else "")
        self._draw_launched()
        words = texts["launch_another" if model.launched else "launch"]
        if self.launch.description != words:
            self.launch.description = words

    def _named(self, one: Any) -> str:
        here = one.code == self.model.workshop.code
        form = "profile" if here else "profile_elsewhere"
        return str(
            self.texts[form].format(
                role=one.published.role,
                version=one.published.version,
                count=len(one.published.competencies),
                code=one.code,
            )
        )

    def _nothing(self) -> str:
        link = escape(self.model.addresses.page("03_success_profile", self.model.workshop.code))
        return (
            f'{paragraph(self.texts["nothing"])}<p><a class="lf-link-button" href="{link}">'
            f"{escape(self.texts['nothing_link'])}</a></p>"
        )

    def _about(self) -> str:
        if not self.which.value:
            return ""
        profile = self.model.choice(self.which.value).published
        assert profile is not None
        names = listing(escape(one.name) for one in profile.competencies)
        said = details(self.texts["competencies"].format(count=len(profile.competencies)), names)
        notes = ""
        if profile.draft:
            notes += paragraph(self.texts["draft"], "lf-note lf-warn")
        if len(profile.competencies) > MANY:
            many = self.texts["many"].format(count=len(profile.competencies), most=MANY)
            notes += paragraph(many, "lf-note")
        return said + notes

    def _promise(self) -> str:
        """The consent text, word for word as phones show it, and the threshold."""
        texts, model = self.texts, self.model
        words = content.texts("success_profiles")["self_assessment"]
        fills = {"threshold": THRESHOLD}
        lines = [words["consent"].format(**fills), *(line.format(**fills) for line in words["consent_more"])]
        lines.append(content.texts("self_assessment")["sheet"]["consent_more"])
        day = day_words(model.workshops.erase_on(model.workshop))
        if day:
            lines.append(texts["erased"].format(day=day))
        fixed = f'<p class="lf-figure"><strong>{escape(texts["threshold"].format(threshold=THRESHOLD))}</strong></p>'
        return (
            f'<section class="lf-card">{heading(texts["promise_heading"])}{fixed}'
            f"{paragraph(texts['promise_text'], 'lf-quiet')}<blockquote>{''.join(paragraph(line) for line in lines)}</blockquote></section>"
        )

    def _never(self) -> str:
        texts = self.texts
        return (
            f'<section class="lf-card">{heading(texts["never_heading"])}'
            f"{listing(escape(line) for line in texts['never'])}</section>"
        )

    # -- what was opened

    def _draw_launched(self) -> None:
        model = self.model
        ids = [one.activity.id for one, _count in model.open_now]
        if list(self.cards) != ids:
            kept = self.cards
            self.cards = {key: kept.get(key) or self._card(key) for key in ids}
            self.listed.children = tuple(box for _drawn, box in self.cards.values())
        for one, count in model.open_now:
            put(self.cards[one.activity.id][0], self._open_html(one, count))
        put(self.past, self._past())

    def _past(self) -> str:
        """What is closed, as a table; how many answered, and never what."""
        texts = self.texts
        closed = [(one, count) for one, count in self.model.launched if one.activity.state != "open"]
        if not closed:
            return ""
        rows = []
        for one, count in closed:
            form = "closed_enough" if count >= one.threshold else "closed_few"
            name = texts["closed_name"].format(role=one.profile.role, version=one.profile.version)
            rows.append([name, str(count), texts[form].format(threshold=one.threshold)])
        head = heading(texts["closed_heading"])
        return f'<section class="lf-card">{head}{table(texts["closed_heading"], texts["closed_head"], rows)}</section>'

    def _card(self, activity_id: str) -> tuple[HTML, Any]:
        drawn, button = HTML(), Button(description=self.texts["close"])
        button.on_click(self.guarded(lambda _: self._close(activity_id)))
        return drawn, boxed([drawn, button], "lf-card", "lf-form")

    def _open_html(self, one: Assessment, count: int) -> str:
        texts, model = self.texts, self.model
        address = model.link(one.activity)
        reach = (
            paragraph(texts["loopback"], "lf-note lf-warn") if urlsplit(address).hostname in LOOPBACK else ""
        )
        said = self._counted(count)
        code = ""
        if not one.activity.aside:
            code = f'<p class="lf-quiet lf-label">{escape(texts["code"])}</p><p class="lf-code">{escape(model.workshop.code)}</p>'
        laptop = escape(model.laptop(one.activity))
        after = (
            f'<p class="lf-actions"><a class="lf-link-button lf-plain" href="{laptop}" target="_blank" rel="noopener">'
            f"{escape(texts['laptop'])}</a></p>{paragraph(texts['paper'], 'lf-quiet lf-small')}"
        )
        return (
            f'<div class="lf-invite"><div class="lf-invite-qr">{qr_svg(address, texts["qr"].format(role=one.profile.role))}</div>'
            f"<div>{heading(texts['open_heading'].format(role=one.profile.role))}"
            f'<p class="lf-counted" role="status"><strong>{escape(said)}</strong></p>'
            f'<p class="lf-quiet lf-label">{escape(texts["address"])}</p><p class="lf-address">{escape(address.split("://", 1)[-1])}</p>'
            f"{code}{reach}{paragraph(texts['private'].format(threshold=one.threshold), 'lf-quiet')}{after}</div></div>"
        )

    def _counted(self, count: int) -> str:
        form = {0: "count_none", 1: "count_one"}.get(count, "count_many")
        return str(self.texts[form].format(count=count))

    def finding(self) -> str:
        """Where it stands, in one sentence."""
        texts, model = self.texts, self.model
        if not model.launched:
            return str(texts["finding_none"])
        total = sum(count for _one, count in model.launched)
        now = model.open_now
        if len(now) == 1:
            form = "finding_one" if now[0][1] == 1 else "finding_open"
            return str(texts[form].format(role=now[0][0].profile.role, count=now[0][1]))
        form = "finding_several" if now else "finding_closed"
        return str(texts[form].format(count=total, open=len(now)))
