"""What people take home once the picture was shown: the finding, the picture, the plan; the same on phone and paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from learnerfirst import content
from learnerfirst.charts import continuum_svg
from learnerfirst.exchange.calendar import plan_calendar
from learnerfirst.pages.learner_power.words import finding, month_year
from learnerfirst.workshops import Workshop, Workshops

STEP = ("title", "start", "end", "detail", "source", "owner")


@dataclass(frozen=True)
class TakeHome:
    """Plain texts of one workshop after its reveal. ``release`` is what was shown, frozen and coarse.

    ``mark`` says that a rehearsal or sample is none of the real ones. ``steps`` are those that people saved, else
    those that the quiz suggests (``suggested``); owners are among them only if they chose to be named.
    """

    code: str
    title: str
    mark: str
    finding: str
    about: str
    release: Mapping[str, Any] = field(repr=False)
    steps: tuple[Mapping[str, str], ...] = ()
    suggested: bool = False
    version: int = 0

    @property
    def points(self) -> tuple[tuple[str, str], ...]:
        """What to talk about first: each point in words, with its prompt."""
        listed = self.release.get("talking_points", ())
        return tuple((str(one["words"]), str(one.get("prompt") or "")) for one in listed)

    def picture(self, layout: str = "phone", key: str = "taken") -> str:
        """The continuum as SVG text; empty where no position was told."""
        today = self.release.get("today")
        if not today:
            return ""
        labels = content.texts("charts")
        by = month_year(str(self.release["wanted_by"]), short=True)
        texts = {**labels, "wanted": labels["wanted_by"].format(month_year=by)}
        return continuum_svg(today, self.release.get("wanted"), layout=layout, texts=texts, key=key)

    def calendar(self, today: Any) -> bytes:
        """The steps as an iCalendar file; in a rehearsal each says that it is one."""
        marked = f"{self.mark}: " if self.mark else ""
        steps = [{**step, "title": f"{marked}{step['title']}"} for step in self.steps]
        return plan_calendar(
            steps, name=f"{marked}{self.title}", scope=self.code, stamp=today, version=self.version
        )


def take_home(workshops: Workshops, code: str) -> TakeHome | None:
    """What people of a workshop take home now; None before its first reveal. UnknownCode when there is none."""
    workshop = workshops.get(code)
    shown = next((one for one in reversed(workshop.activities) if one.state == "revealed"), None)
    release = None if shown is None else workshops.release(workshop.code, shown.id)
    if release is None:
        return None
    texts = content.texts("take_home")
    saved = workshops.plan(workshop.code)
    body = {"steps": release.body.get("plan", ())} if saved is None else saved.body
    named = bool(saved is not None and body.get("name_owners"))
    return TakeHome(
        code=workshop.code,
        title=workshop.title,
        mark="" if workshop.kind == "real" else texts["kinds"][workshop.kind],
        finding=finding(release.body, content.texts("learner_power")["finding"], content.texts("charts")),
        about=_about(workshop, release.body),
        release=release.body,
        steps=steps_of(body["steps"], named=named),
        suggested=saved is None,
        version=0 if saved is None else saved.version,
    )


def steps_of(steps: Sequence[Mapping[str, Any]], *, named: bool) -> tuple[Mapping[str, str], ...]:
    """Steps as texts, in the order of their first day; owners only where they are to be named."""
    told = [{name: str(step.get(name) or "") for name in STEP} for step in steps]
    if not named:
        told = [{**step, "owner": ""} for step in told]
    return tuple(sorted(told, key=lambda step: (step["start"], step["end"])))


def _about(workshop: Workshop, release: Mapping[str, Any]) -> str:
    """Who answered, about whom, wanted by when."""
    referents = content.texts("learner_power")["invite"]["referents"]
    parts = (
        str(release.get("n_words") or ""),
        referents.get(workshop.referent, workshop.referent),
        content.texts("take_home")["wanted_by"].format(month_year=month_year(workshop.wanted_by)),
    )
    return " · ".join(part for part in parts if part)
