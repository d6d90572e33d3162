"""What the self-assessment page knows and may do. It counts answers; it has no way to read one."""

from __future__ import annotations

from typing import Any

from traitlets import Any as AnyTrait
from traitlets import Bool, HasTraits, Tuple, Unicode

from learnerfirst.errors import NotAllowed, UnknownCode
from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.desk import Desk
from learnerfirst.workshops.profile_shelf import KeptProfile
from learnerfirst.workshops.self_assessments import Assessment, SelfAssessments

STEPS = ("ask", "helpers", "roles")
FIRST = STEPS[0]


class SelfAssessmentModel(HasTraits):
    """State of the page. ``look()`` reads the store anew; each trait changes, and notifies, only when it differs."""

    known = Tuple(help="every workshop that can be opened")
    workshop = AnyTrait(None, allow_none=True)
    choices = Tuple(help="published profiles that people can assess themselves against")
    launched = Tuple(help="(assessment, number of answers), the newest first")
    offers = AnyTrait(None, allow_none=True)
    helpers = Tuple(help="who offered help, by name")
    entries = AnyTrait(0)
    names = Tuple(help="(id, name) of the competencies that one can offer help in")
    step = Unicode(FIRST)
    reachable = Bool(True)

    def __init__(self, workshops: Any, desk: Desk, addresses: Addresses) -> None:
        super().__init__()
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
            self.look()
            self.go(self.desk.step(self.workshop.code) or FIRST)

    def create(self, title: str, *, rehearsal: bool = False) -> None:
        """Make a workshop and open it; a profile of another one can be asked in it."""
        made = self.workshops.create(title.strip(), kind="rehearsal" if rehearsal else "real")
        self.known = tuple(self.workshops.all())
        self.open(made.code)

    def leave(self) -> None:
        """Close the workshop on this page, to open another one."""
        with self.hold_trait_notifications():
            self.desk.forget()
            self.known = tuple(self.workshops.all())
            self._empty()

    def go(self, step: str) -> None:
        """Go to a step; without a workshop there is only the first."""
        self.step = step if step in STEPS and self.workshop is not None else FIRST
        if self.workshop is not None:
            self.desk.leave_at(self.workshop.code, self.step)

    def look(self) -> None:
        """Read what is published, what was launched, how many answered, and who offered help."""
        if self.workshop is None:
            self.known = tuple(self.workshops.all())
            return
        try:
            found = self.workshops.get(self.workshop.code)
        except UnknownCode:
            self.desk.forget()
            with self.hold_trait_notifications():
                self._empty()
            raise
        place = self.place
        listed = [(one, self.workshops.count(found.code, one.activity.id)) for one in place.all()]
        with self.hold_trait_notifications():
            self.workshop = found
            self.choices = place.choices()
            self.launched = tuple(reversed(listed))
            self.offers = found.newest("expertise_offer")
            self.entries = 0 if self.offers is None else self.workshops.count(found.code, self.offers.id)
            self.helpers = place.directory()
            self.names = tuple(place.competencies().items())

    def _empty(self) -> None:
        self.workshop, self.offers, self.entries, self.step = None, None, 0, FIRST
        self.choices, self.launched, self.helpers, self.names = (), (), (), ()

    # -- what may be done

    @property
    def place(self) -> SelfAssessments:
        """The self-assessments of the open workshop."""
        return SelfAssessments(self.workshops, self.workshop.code)

    def choice(self, address: str) -> KeptProfile:
        """The published profile at "CODE/ROLE"; NotAllowed where it is gone."""
        for one in self.choices:
            if f"{one.code}/{one.role_id}" == address:
                return one  # type: ignore[no-any-return]
        raise NotAllowed("This profile is not published any more; choose another one.")

    def launch(self, address: str, *, now: bool) -> Assessment:
        """Open the self-assessment of a published profile."""
        made = self.place.launch(self.choice(address), now=now)
        self.look()
        return made

    def close(self, activity_id: str) -> None:
        """Take no more answers."""
        self.place.close(activity_id)
        self.look()

    def open_offers(self) -> None:
        """Switch the directory on, or bring its list up to date."""
        self.place.open_offers()
        self.look()

    def close_offers(self) -> None:
        """Switch the directory off."""
        self.place.close_offers()
        self.look()

    def link(self, activity: Any) -> str:
        """The address for phones."""
        base = self.addresses.join(self.workshop.code)
        return f"{base}/at/{activity.id}" if activity.aside else base

    def laptop(self, activity: Any) -> str:
        """The address for a laptop that goes round."""
        return f"{self.link(activity)}?here=laptop"

    @property
    def directory_link(self) -> str:
        """Where colleagues see who helps."""
        return f"{self.addresses.join(self.workshop.code)}/helpers"

    @property
    def open_now(self) -> tuple[tuple[Assessment, int], ...]:
        """What can be answered now."""
        return tuple(pair for pair in self.launched if pair[0].activity.state == "open")
