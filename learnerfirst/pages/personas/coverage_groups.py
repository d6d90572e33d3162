"""The told groups as the picture of coverage takes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from learnerfirst.privacy.company import NOBODY
from learnerfirst.workshops.coverage_fits import CORE, UNKNOWN

Body = Mapping[str, Any]
Texts = Mapping[str, Any]
Names = Mapping[str, str]


def groups_for_picture(body: Body, names: Names, texts: Texts) -> list[dict[str, Any]]:
    """The told groups as the picture takes them, those left out last."""
    found = []
    for one in body["groups"]:
        if one["id"] in (CORE, UNKNOWN) or one["hidden"]:
            continue
        name = texts["nobody"] if one["id"] == NOBODY else names.get(one["id"], one["id"])
        found.append(
            {
                "name": name,
                "marks": one["marks"],
                "share": one["share"]["words"],
                "people": one["people"],
                "left_out": one["id"] == NOBODY,
            }
        )
    return found
