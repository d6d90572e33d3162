"""Addresses that a page shows or links to: where people join, where the projector looks."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Addresses:
    """``join_base`` is the participant pages' address; links to our own pages are relative, so a sub-path holds."""

    join_base: str

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Addresses:
        """As the server that started this kernel says, else the participant pages on this computer."""
        known = os.environ if environ is None else environ
        names = ("LEARNERFIRST_JOIN_URL", "LEARNERFIRST_PUBLIC_URL", "LEARNERFIRST_PARTICIPANT_URL")
        found = [known[name] for name in names if known.get(name)]
        return cls(found[0] if found else "http://127.0.0.1:8867")

    def join(self, code: str) -> str:
        """Where a phone goes.

        >>> Addresses("http://10.0.0.7:8867/").join("KTRM")
        'http://10.0.0.7:8867/join/KTRM'
        """
        return f"{self.join_base.rstrip('/')}/join/{quote(code, safe='')}"

    def laptop(self, code: str) -> str:
        """Where people without a phone answer in turn, on the facilitator's own computer.

        >>> Addresses("http://10.0.0.7:8867/").laptop("KTRM")
        'http://10.0.0.7:8867/join/KTRM?here=laptop'
        """
        return f"{self.join(code)}?here=laptop"

    def projector(self, code: str) -> str:
        """The projector view, as seen from a page."""
        return f"../projector/{quote(code, safe='')}"

    def handout(self, code: str) -> str:
        """The hand-out that prints to one sheet, as seen from a page."""
        return f"../handout/{quote(code, safe='')}"

    def personas(self, code: str) -> str:
        """The print view of the personas, and below it their files, as seen from a page."""
        return f"../personas/{quote(code, safe='')}"

    def profile(self, code: str, role_id: str) -> str:
        """The files of a success profile, without their ending, as seen from a page."""
        return f"../profiles/{quote(code, safe='')}/{quote(role_id, safe='')}"

    def community(self, code: str, community_id: str) -> str:
        """The files of a community, as seen from a page."""
        return f"../communities/{quote(code, safe='')}/{quote(community_id, safe='')}"

    def community_of_people(self, code: str, community_id: str) -> str:
        """Where members see who is in it, when it meets and what was agreed: on their phones."""
        return f"{self.join(code)}/community/{quote(community_id, safe='')}"

    def gaps(self, code: str) -> str:
        """The files of a workshop's gaps and decisions, as seen from a page."""
        return f"../gaps/{quote(code, safe='')}"

    def paper(self, code: str) -> str:
        """Where sheets of paper are printed and typed in, as seen from a page."""
        return f"../paper/{quote(code, safe='')}"

    def page(self, notebook: str, code: str = "") -> str:
        """Another page of the workbook, as seen from a page; with a code, at that workshop."""
        return f"{notebook}?code={quote(code, safe='')}" if code else notebook
