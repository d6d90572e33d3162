"""The first page: the map of the workbook in learner-first order, what exists, what is done, what to reopen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from html import escape
from typing import Any

from ipywidgets import HTML, Button
from traitlets import All, Dict, HasTraits, Tuple, Unicode

from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.guard import Notice, guard
from learnerfirst.pages.learner_power.words import state_of
from learnerfirst.pages.markup import heading, paragraph, table_of
from learnerfirst.pages.theme import boxed, put, shown, styled
from learnerfirst.workshops.community_shelf import communities_by_code
from learnerfirst.workshops.gap_decisions import decisions_by_code
from learnerfirst.workshops.persona_shelf import personas_by_code
from learnerfirst.workshops.profile_shelf import all_profiles

PAGES: Mapping[str, str] = {
    "personas": "01_personas",
    "learner_power": "02_learner_power",
    "success_profile": "03_success_profile",
    "self_assessment": "04_self_assessment",
    "gaps": "05_gaps_and_plans",
    "community": "06_community",
}
"""The rooms that exist, and their notebooks; the map shows the others as coming."""
COUNTED: Mapping[str, tuple[str, str]] = {
    "personas": ("personas", "persona"),
    "success_profile": ("profiles", "profile"),
    "gaps": ("decisions", "decision"),
    "community": ("communities", "group"),
}
"""Rooms of which the map says how much of a thing there is: where the model counts it, and its word in the texts."""
ROLE_DESK = "success_profile_role"
"""Where the success-profile page remembers which role of a workshop was open."""
BEFORE = "00_before_the_workshop"
BY_LINK = "02_learner_power_by_link"
START = "00_start"


def rooms_bar(texts: Mapping[str, Any], here: str) -> str:
    """The eight rooms in a row, for the top of a page: where we are, links to those that exist.

    Before them the map, and what comes before a workshop (``here`` is "before" there).
    """
    items = [f'<li><a href="{START}">{escape(texts["map"])}</a></li>']
    name = escape(texts["before_short"])
    linked = f'<li><a href="{BEFORE}">{name}</a></li>'
    items.append(f'<li aria-current="page">{name}</li>' if here == "before" else linked)
    for room, name in texts["rooms"].items():
        if room == here:
            items.append(f'<li aria-current="page">{escape(name)}</li>')
        elif room in PAGES:
            items.append(f'<li><a href="{PAGES[room]}">{escape(name)}</a></li>')
        else:
            coming = f' <span class="lf-hidden-text">({escape(texts["coming"])})</span>'
            items.append(f'<li class="lf-coming">{escape(name)}{coming}</li>')
    return (
        f'<nav aria-label="{escape(texts["map_heading"])}"><ol class="lf-rooms">{"".join(items)}</ol></nav>'
    )


class StartModel(HasTraits):
    """Which workshops there are, and the sample that was opened here."""

    known = Tuple(help="all workshops")
    personas = Dict(help="code of a workshop to the number of its personas, without retired ones")
    decisions = Dict(help="code of a workshop to the number of decisions about its gaps")
    profiles = Dict(help="code of a workshop to the number of its success profiles")
    communities = Dict(help="code of a workshop to the number of its communities")
    sample = Unicode("", help="code of the sample organisation once it was opened")

    def __init__(self, workshops: Any) -> None:
        super().__init__()
        self.workshops = workshops

    def look(self) -> None:
        """Read the workshops from the store."""
        self.known = tuple(self.workshops.all())
        self.decisions = decisions_by_code(self.workshops.store)
        self.communities = communities_by_code(self.workshops.store)
        self.personas = personas_by_code(self.workshops.store)
        self.profiles = dict(Counter(one.code for one in all_profiles(self.workshops.store)))

    def open_sample(self) -> None:
        """Make the invented organisation's workshop, or find the one that was made before."""
        self.sample = self.workshops.create_sample().code
        self.look()

    @property
    def started(self) -> tuple[Any, ...]:
        """Workshops of one's own: no samples, no rehearsals."""
        return tuple(one for one in self.known if one.kind == "real")


class StartPage:
    """The map. Show ``box``; end with :meth:`close`. ``texts`` are those of ``data/texts/start.yaml``."""

    def __init__(self, model: StartModel, texts: Mapping[str, Any], addresses: Addresses) -> None:
        self.model, self.texts, self.addresses = model, texts, addresses
        self.notice = Notice()
        self.guarded = guard(self.notice, texts)
        self.head = HTML(f"<h1>{escape(texts['heading'])}</h1>{paragraph(texts['lead'], 'lf-lead')}")
        self.map, self.workshops, self.opened = HTML(), HTML(), HTML()
        self.before = HTML(self._before())
        self.button = Button(description=texts["sample_action"])
        self.button.on_click(self.guarded(lambda _: model.open_sample()))
        about = HTML(heading(texts["sample_heading"]) + paragraph(texts["sample_text"]))
        sample = boxed([about, self.button, self.opened], "lf-card", "lf-sample")
        top = boxed([self.head, sample], "lf-two", "lf-top")
        self.box = styled([top, self.notice.box, self.map, self.before, self.workshops], "lf-start")
        model.observe(self._changed, names=All)
        self.refresh()

    def start(self) -> None:
        """Read the store for the first time."""
        self.guarded(self.model.look)()

    def _changed(self, _change: Any) -> None:
        self.guarded(self.refresh)()

    def refresh(self) -> None:
        """Redraw from the model."""
        put(self.map, self._map())
        put(self.workshops, self._workshops())
        shown(self.opened, bool(self.model.sample))
        if self.model.sample:
            said = paragraph(self.texts["sample_opened"].format(code=self.model.sample))
            link = escape(self.addresses.page(PAGES["learner_power"], self.model.sample))
            put(
                self.opened,
                f'<div class="lf-note" role="status">{said}<p><a class="lf-link-button" href="{link}">{escape(self.texts["sample_link"])}</a></p></div>',
            )

    def _map(self) -> str:
        texts = self.texts
        items = ""
        for number, (room, name) in enumerate(texts["rooms"].items(), start=1):
            question = paragraph(texts["questions"][room], "lf-quiet")
            if room in PAGES:
                label = f'<a class="lf-link-button" href="{PAGES[room]}">{escape(texts["open_room"].format(room=name))}</a>'
                state = f'<p class="lf-tag">{escape(self._done(room))}</p>'
                items += f'<li class="lf-room lf-ready"><p class="lf-number">{number}</p><h3>{escape(name)}</h3>{question}{state}{label}</li>'
            else:
                state = f'<p class="lf-tag lf-tag-coming">{escape(texts["coming"])}</p>'
                items += f'<li class="lf-room"><p class="lf-number">{number}</p><h3>{escape(name)}</h3>{question}{state}</li>'
        return f'<section aria-labelledby="lf-map"><h2 id="lf-map">{escape(texts["map_heading"])}</h2><ol class="lf-map">{items}</ol></section>'

    def _before(self) -> str:
        texts, cards = self.texts, ""
        for name, address in (("before", BEFORE), ("by_link", BY_LINK)):
            words = heading(texts[f"{name}_heading"]) + paragraph(texts[f"{name}_text"])
            link = f'<a class="lf-link-button lf-plain" href="{address}">{escape(texts[f"{name}_link"])}</a>'
            cards += f'<section class="lf-card">{words}<p>{link}</p></section>'
        words = heading(texts["analysts_heading"]) + paragraph(texts["analysts_text"])
        cards += f'<section class="lf-card">{words}<p><code>{escape(texts["analysts_command"])}</code></p></section>'
        return f'<div class="lf-ways lf-three">{cards}</div>'

    def _done(self, room: str) -> str:
        started = self.model.started
        if room in COUNTED:
            counts, noun = COUNTED[room]
            kept = getattr(self.model, counts)
            number = sum(kept.get(one.code, 0) for one in started)
            return self._number(number, noun)
        if room == "self_assessment":
            return self._number(sum(len(one.with_purpose(room)) for one in started), "assessment")
        started = tuple(one for one in started if one.activities)
        if not started:
            return str(self.texts["done_none"])
        revealed = sum(state_of(one) == "revealed" for one in started)
        return str(self.texts["done_workshops"].format(count=len(started), revealed=revealed))

    def _number(self, number: int, noun: str) -> str:
        form = {0: "done_none", 1: f"done_{noun}"}.get(number, f"done_{noun}s")
        return str(self.texts[form].format(count=number))

    def _workshops(self) -> str:
        texts = self.texts
        if not self.model.known:
            return f'<section class="lf-card">{heading(texts["workshops_heading"])}{paragraph(texts["workshops_none"])}</section>'
        rows = []
        for one in self.model.known:
            link = escape(self.addresses.page(PAGES[self._begun(one)], one.code))
            kind = texts[f"workshop_kind_{one.kind}"]
            tag = f' <span class="lf-tag">{escape(kind)}</span>' if kind else ""
            title = f'<a href="{link}">{escape(one.title)}</a>{tag}'
            rows.append([title, escape(one.code), escape(self._state(one))])
        head = [texts["workshop_title"], texts["workshop_code"], texts["workshop_state"]]
        inside = table_of(texts["workshops_heading"], head, rows)
        return f'<section class="lf-card">{heading(texts["workshops_heading"])}{inside}{paragraph(texts["privacy"], "lf-small lf-quiet")}</section>'

    def _begun(self, workshop: Any) -> str:
        """The room that a workshop is opened in: that of its quiz, else of what it has."""
        if any(each.purpose == "learner_power" for each in workshop.activities):
            return "learner_power"
        return "success_profile" if self.model.profiles.get(workshop.code) else "personas"

    def _state(self, workshop: Any) -> str:
        number = self.model.personas.get(workshop.code, 0)
        state = str(self.texts[f"state_{state_of(workshop)}"])
        if not number:
            return state
        words = self.texts["state_persona" if number == 1 else "state_personas"].format(count=number)
        return words if not workshop.activities else f"{words}, {state}"

    def close(self) -> None:
        """Let go of everything."""
        self.model.unobserve_all()
        self.box.close()


def open_page() -> StartPage:
    """The map on the store of the running workbook."""
    from learnerfirst.content import load_questionnaire, texts
    from learnerfirst.store import open_store
    from learnerfirst.workshops import Workshops

    built = StartPage(
        StartModel(Workshops(open_store(), load_questionnaire)), texts("start"), Addresses.from_environment()
    )
    built.start()
    return built
