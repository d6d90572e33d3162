"""The files of a success profile: ``/profiles/CODE/ROLE.KIND``, the one that was saved last. No kernel."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from learnerfirst.exchange.competencies.own_files import PROFILE_FILES
from learnerfirst.serving.files import WorkshopFile, once
from learnerfirst.workshops.profile_shelf import ProfileShelf


class ProfileFile(WorkshopFile):
    """One profile as a file to save."""

    async def get(self, code: str, role_id: str, kind: str) -> None:
        """The file; 404 where there is no such workshop or role."""
        data = await self.make(self._made, code, role_id, kind)
        self.send(data, PROFILE_FILES[kind][0], f"success-profile-{role_id}.{kind}")

    def _made(self, code: str, role_id: str, kind: str) -> bytes | None:
        workshops = self.lf_desk()
        workshop = workshops.get(code)
        kept = ProfileShelf(workshops.store, workshop.code).get(role_id)
        return (
            None if kept is None else PROFILE_FILES[kind][1](kept.profile, workshop.title, workshops.today())
        )


def handlers(base_url: str, store_factory: Callable[[], Any]) -> list[tuple[Any, ...]]:
    """Routes below ``base_url`` (it ends with a slash); mount them behind the token."""
    kinds = "|".join(re.escape(kind) for kind in PROFILE_FILES)
    place = rf"{base_url}profiles/([A-Za-z]{{3,8}})/([a-z0-9][a-z0-9_]{{0,31}})\.({kinds})"
    return [(place, ProfileFile, {"desk": once(store_factory)})]
