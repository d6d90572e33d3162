"""What the self-assessment page knows and may do. It counts answers; it has no way to read one."""

from __future__ import annotations

from typing import Any

from traitlets import Any as AnyTrait
from traitlets import Tuple

from learnerfirst.errors import NotAllowed
from learnerfirst.pages.stepped import WorkshopModel
from learnerfirst.workshops.profile_shelf import KeptProfile
from learnerfirst.workshops.self_assessments import Assessment, SelfAssessments

STEPS = ("ask", "helpers", "roles")
FIRST = STEPS[0]


class SelfAssessmentModel(WorkshopModel):
    """State of the page: what people were asked, how many answered, who offered help."""

    FIRST = FIRST

    choices = Tuple(help="published profiles that people can assess themselves against")
    launched = Tuple(help="(assessment, number of answers), the newest first")
    offers = AnyTrait(None, allow_none=True)
    helpers = Tuple(help="who offered help, by name")
    entries = AnyTrait(0)
    names = Tuple(help="(id, name) of the competencies that one can offer help in")

    def go(self, step: str) -> None:
        """Go to a step; one that does not exist is the first."""
        super().go(step if step in STEPS else FIRST)

    def read(self) -> None:
        """Read what is published, what was launched, how many answered, and who offered help."""
        found, place = self.workshop, self.place
        listed = [(one, self.workshops.count(found.code, one.activity.id)) for one in place.all()]
        self.choices = place.choices()
        self.launched = tuple(reversed(listed))
        self.offers = found.newest("expertise_offer")
        self.entries = 0 if self.offers is None else self.workshops.count(found.code, self.offers.id)
        self.helpers = place.directory()
        self.names = tuple(place.competencies().items())

    def emptied(self) -> None:
        """Nothing was asked."""
        self.offers, self.entries = None, 0
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
