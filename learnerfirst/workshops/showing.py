"""Showing a reveal and hiding it again: what comes back is the same frozen picture, whatever happened meanwhile."""

from __future__ import annotations

from dataclasses import replace

from learnerfirst.errors import NotAllowed
from learnerfirst.workshops.timing import Timing
from learnerfirst.workshops.values import Activity, Release, Workshop


class Showing(Timing):
    """Undo within the release: nothing is thawed, only taken off the screens."""

    def hide(self, code: str, activity_id: str) -> Activity:
        """Take a revealed picture off projector, phones and page; NotAllowed unless it is shown.

        It takes no more answers; :meth:`reveal` shows the same picture again.
        """
        if self.activity(code, activity_id).state != "revealed":
            raise NotAllowed("Nothing is shown that could be hidden.")
        self._turn(code, activity_id, "revealed", "hidden")
        return self.activity(code, activity_id)

    def reveal(self, code: str, activity_id: str) -> Release:
        """Close the activity, freeze its picture and show it; shows the same again when it was hidden, or shown."""
        self._turn(code, activity_id, "hidden", "revealed")
        return super().reveal(code, activity_id)

    def set_mark(self, code: str, activity_id: str, submission_id: str, shown: bool) -> bool:
        """Place or take back one's own mark, until the first reveal; see :class:`Taking`."""
        if self.activity(code, activity_id).state == "hidden":
            raise NotAllowed("The picture has been shown; marks can't change any more.")
        return super().set_mark(code, activity_id, submission_id, shown)

    def _turn(self, code: str, activity_id: str, before: str, after: str) -> None:
        def turned(workshop: Workshop) -> Workshop:
            activities = tuple(
                replace(each, state=after) if each.id == activity_id and each.state == before else each
                for each in workshop.activities
            )
            return replace(workshop, activities=activities)

        self.change(code, turned)
