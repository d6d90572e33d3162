"""The files of a success profile: ``/profiles/CODE/ROLE.KIND``, the one that was saved last. No kernel."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import Any

from tornado.web import HTTPError, RequestHandler

from learnerfirst.errors import UnknownCode
from learnerfirst.exchange.competencies.own_files import PROFILE_FILES
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.profile_shelf import ProfileShelf


class ProfileFile(RequestHandler):
    """One profile as a file to save."""

    def initialize(self, desk: Callable[[], Workshops]) -> None:
        """``desk`` makes, or returns, the one set of workshops of this server."""
        self.lf_desk = desk

    async def get(self, code: str, role_id: str, kind: str) -> None:
        """The file; 404 where there is no such workshop or role."""
        self.set_header("Cache-Control", "no-store")
        try:
            data = await asyncio.to_thread(self._made, code, role_id, kind)
        except UnknownCode:
            raise HTTPError(404) from None
        self.set_header("Content-Type", PROFILE_FILES[kind][0])
        self.set_header("Content-Disposition", f'attachment; filename="success-profile-{role_id}.{kind}"')
        self.finish(data)

    def _made(self, code: str, role_id: str, kind: str) -> bytes:
        workshops = self.lf_desk()
        workshop = workshops.get(code)
        kept = ProfileShelf(workshops.store, workshop.code).get(role_id)
        if kept is None:
            raise UnknownCode(f"{workshop.code} has no success profile {role_id}.")
        return PROFILE_FILES[kind][1](kept.profile, workshop.title, workshops.today())


def handlers(base_url: str, store_factory: Callable[[], Any]) -> list[tuple[Any, ...]]:
    """Routes below ``base_url`` (it ends with a slash); mount them behind the token."""
    made: list[Workshops] = []

    def desk() -> Workshops:
        if not made:
            made.append(Workshops(store_factory()))
        return made[0]

    kinds = "|".join(re.escape(kind) for kind in PROFILE_FILES)
    place = rf"{base_url}profiles/([A-Za-z]{{3,8}})/([a-z0-9][a-z0-9_]{{0,31}})\.({kinds})"
    return [(place, ProfileFile, {"desk": desk})]
