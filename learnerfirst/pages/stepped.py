"""What every page of several steps on one workshop shares: which workshop is open, and how the steps are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any, ClassVar, Protocol

from ipywidgets import HTML, VBox
from traitlets import All, Bool, HasTraits, Int, Tuple, Unicode
from traitlets import Any as AnyTrait

from learnerfirst.errors import LearnerFirstError, UnknownCode
from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.desk import Desk
from learnerfirst.pages.frame import Follower, StepBar, clearing, close_widgets
from learnerfirst.pages.guard import Notice, guard
from learnerfirst.pages.start import rooms_bar
from learnerfirst.pages.theme import put, shown, styled

Texts = Mapping[str, Any]
Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class Step(Protocol):
    """A step of a page; owns its widgets in ``box``."""

    box: VBox

    def refresh(self) -> None:
        """Redraw from the model; called while the step is shown."""

    def finding(self) -> str:
        """The page's headline: what was found, in one sentence; empty where nothing is found yet."""


class WorkshopModel(HasTraits):
    """Which workshop is open, and at which step. ``look()`` reads the store anew; a trait notifies when it differs.

    Tuples are replaced, never changed in place. A page says what else it reads (:meth:`read`), what is gone with the
    workshop (:meth:`emptied`), and the step at which a workshop opens that was never left (:meth:`natural`).
    """

    FIRST: ClassVar[str] = "start"

    known = Tuple(help="every workshop that can be opened")
    workshop = AnyTrait(None, allow_none=True)
    step = Unicode("")
    reachable = Bool(True)
    news = Int(0, help="counts up when a step found something that the headline says")

    def __init__(self, workshops: Any, desk: Desk, addresses: Addresses) -> None:
        super().__init__(step=self.FIRST)
        self.workshops, self.desk, self.addresses = workshops, desk, addresses

    def start(self, code: str | None = None) -> None:
        """Come back to where it was: the workshop that was asked for, else the last one, else none."""
        self.known = tuple(self.workshops.all())
        code = code or self.desk.last()
        if code:
            try:
                self.open(code)
            except UnknownCode:
                self.desk.forget()

    def open(self, code: str) -> None:
        """Open a workshop at the step where it was left; UnknownCode when there is none."""
        with self.hold_trait_notifications():
            self.workshop = self.workshops.get(code)
            self.opened()
            self.look()
            self.go(self.desk.step(self.workshop.code) or self.natural())

    def create(self, title: str, *, rehearsal: bool = False) -> None:
        """Make a workshop and open it; a quiz may be asked in it later."""
        made = self.workshops.create(title.strip(), kind="rehearsal" if rehearsal else "real")
        self.known = tuple(self.workshops.all())
        self.open(made.code)

    def go(self, step: str) -> None:
        """Go to a step; without a workshop there is only the first."""
        self.step = step if self.workshop is not None else self.FIRST
        if self.workshop is not None:
            self.desk.leave_at(self.workshop.code, self.step)
        if self.step == self.FIRST:
            self.known = tuple(self.workshops.all())

    def look(self) -> None:
        """Read the workshop and what the page shows of it; a workshop that is gone is left, and UnknownCode says so."""
        if self.workshop is None:
            self.known = tuple(self.workshops.all())
            return
        try:
            found = self.workshops.get(self.workshop.code)
        except UnknownCode:
            self.leave()
            raise
        with self.hold_trait_notifications():
            self.workshop = found
            self.read()

    def leave(self) -> None:
        """Close the workshop on this page, to open another one."""
        self.desk.forget()
        with self.hold_trait_notifications():
            self.known = tuple(self.workshops.all())
            self.workshop, self.step = None, self.FIRST
            self.emptied()

    def opened(self) -> None:
        """What starts afresh when a workshop is opened, before it is read."""

    def natural(self) -> str:
        """The step at which a workshop opens that was never left."""
        return self.FIRST

    def read(self) -> None:
        """Read what the page shows of the open workshop."""

    def emptied(self) -> None:
        """Forget what was read."""


class SteppedPage:
    """A page of several steps on one workshop. Show ``box``; end with :meth:`close`.

    A page names its ``room`` and its class in the style sheet (``css``), and makes its ``steps``. ``texts`` have
    ``heading``, ``lead``, ``room``, ``steps``, ``unreachable``, ``reachable``, and a mark for each kind of workshop.
    """

    room: ClassVar[str] = ""
    css: ClassVar[str] = ""
    seconds: ClassVar[float] = 5.0

    def __init__(self, model: Any, texts: Texts, start: Texts) -> None:
        self.model, self.texts = model, texts
        self.notice = Notice()
        self.guarded = guard(self.notice, texts)
        clear = clearing(self.notice, self.guarded)
        self.steps: dict[str, Any] = self.made(clear)
        self.head, self.mark = HTML(), HTML()
        self.bar = StepBar({step: texts["steps"][step] for step in self.steps}, self._go, clear)
        self.there = self.bar.there
        views = [*(step.box for step in self.steps.values()), *self.further()]
        rooms = HTML(rooms_bar(start, self.room))
        self.box = styled([rooms, self.head, self.mark, self.bar.box, self.notice.box, *views], self.css)
        self.follower = Follower(self._look, self.seconds)
        model.observe(self._changed, names=All)
        self.refresh()

    # -- what a page says about itself

    def made(self, clear: Wrap) -> dict[str, Any]:
        """The steps in the order of the bar; ``clear`` wraps each callback."""
        raise NotImplementedError

    def further(self) -> list[Any]:
        """Boxes below the steps."""
        return []

    def visible(self) -> bool:
        """Whether the current step is shown; not where a workshop has to be chosen first, in a box of its own."""
        return True

    def look_at(self, step: str) -> None:
        """Read from the store what only this step knows; every few seconds while it is shown, and when it is gone to."""

    def closed(self) -> tuple[str, ...]:
        """Steps that can't be gone to yet."""
        return () if self.model.workshop is not None else tuple(self.steps)[1:]

    def lead(self) -> str:
        """The line below the headline: the room and the workshop."""
        workshop = self.model.workshop
        if workshop is None:
            return str(self.texts["lead"])
        return f"{self.texts['room']} · {workshop.title} · {workshop.code}"

    def title(self, step: str) -> str:
        """The headline: the finding of the step that is shown."""
        workshop = self.model.workshop
        named = self.texts["heading"] if workshop is None else workshop.title
        return str(self.steps[step].finding() or named)

    # -- how it lives

    @property
    def current(self) -> str:
        """The step that is shown."""
        return str(self.model.step) if self.model.step in self.steps else next(iter(self.steps))

    def _go(self, step: str) -> None:
        self.model.look()
        self.model.go(step)
        self.look_at(step)

    def start(self, *where: str | None) -> None:
        """Come back to where it was, then look into the store as long as the page lives."""
        self.guarded(self._start)(*where)
        self.follower.start()

    def _start(self, *where: str | None) -> None:
        self.model.start(*where)
        if self.model.step not in self.steps:
            self.model.go(self.current)
        self.look_at(self.current)

    async def _look(self) -> None:
        """One look into the store; when it cannot be read, say so once, keep everything, look again."""
        model = self.model
        try:
            model.look()
            self.look_at(self.current)
        except LearnerFirstError as error:
            if isinstance(error, UnknownCode) and model.workshop is None:
                self.notice.show(str(error), "warn")  # somebody deleted it; the store is well
            elif model.reachable:
                model.reachable = False
                self.notice.show(f"{self.texts['unreachable']}\n{error}", "bad")
            return
        if not model.reachable:
            model.reachable = True
            self.notice.show(self.texts["reachable"])

    def _changed(self, change: Any) -> None:
        if change.name == "step":
            self.guarded(self.look_at)(self.current)
        self.guarded(self.refresh)()

    def refresh(self) -> None:
        """Redraw from the model; drawing twice changes nothing."""
        step, workshop = self.current, self.model.workshop
        for name, one in self.steps.items():
            shown(one.box, name == step and self.visible())
        if self.visible():
            self.steps[step].refresh()
        put(self.head, f'<h1>{escape(self.title(step))}</h1><p class="lf-quiet">{escape(self.lead())}</p>')
        kind = "real" if workshop is None else workshop.kind
        put(self.mark, f'<p class="lf-watermark">{escape(self.texts[kind])}</p>' if kind != "real" else "")
        self.bar.show(step, self.closed())

    def close(self) -> None:
        """Stop looking, let go of everything."""
        self.follower.stop()
        self.model.unobserve_all()
        close_widgets(self.box)
