"""Coverage in sentences: the headline, what is known, what stands out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from learnerfirst.pages.personas.words import number_word
from learnerfirst.personas import Field, Level
from learnerfirst.privacy.company import NOBODY
from learnerfirst.workshops.coverage_fits import CORE, UNKNOWN
from learnerfirst.workshops.coverage_tables import stands_out

NINE_IN_TEN = 90
Body = Mapping[str, Any]
Texts = Mapping[str, Any]


def share_words(share: Mapping[str, Any] | None, texts: Texts) -> str:
    """A told share as people say it: "about four in five learners"; never more than is told."""
    if share is None:
        return str(texts["share_unknown"])
    middle = (share["low"] + share["high"]) / 2
    known = {int(one): words for one, words in texts["shares"].items()}
    if share["low"] < NINE_IN_TEN:
        known = {one: words for one, words in known.items() if one < NINE_IN_TEN}
    return str(known[min(known, key=lambda one: (abs(one - middle), one))])


def headline(body: Body | None, texts: Texts) -> str:
    """The finding in one sentence."""
    if body is None:
        return str(texts["finding_none"])
    count = len(body["judged"])
    form = "finding_one" if count == 1 else "finding_many"
    said = str(
        texts[form].format(number=number_word(count, texts), share=share_words(body["covered"], texts))
    )
    return said[:1].upper() + said[1:]


def group_of(body: Body, name: str) -> Mapping[str, Any] | None:
    """A group that is told, by its id; None where it is not there or hidden."""
    found = next((one for one in body["groups"] if one["id"] == name), None)
    return None if found is None or found["hidden"] else found


def left_out(body: Body) -> tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]:
    """Those whom no persona covers, and among them those who are alike; None where it is not told."""
    return group_of(body, NOBODY), group_of(body, CORE)


def unknown(body: Body) -> Mapping[str, Any] | None:
    """Those of whom too little is known, where there are five or more."""
    return group_of(body, UNKNOWN)


def known_words(body: Body, texts: Texts) -> str:
    """On how many fields people were judged, and whether these say who somebody is, and not what they want."""
    judged: Sequence[Mapping[str, Any]] = body["judged"]
    least = min(judged, key=lambda one: (one["known"], -one["of"]))
    form = "known_demographic" if all(one["demographic_only"] for one in judged) else "known"
    return str(texts[form].format(known=least["known"], of=least["of"]))


def fields_of(body: Body) -> dict[str, Field]:
    """The fields of the survey, as they were when the picture was made."""
    return {
        one["id"]: Field(
            one["id"],
            one["name"],
            one["group"],
            one["kind"],
            tuple(Level(level, text) for level, text in one["levels"]),
            unit=one["unit"],
        )
        for one in body["fields"]
    }


def typical(group: Mapping[str, Any], body: Body, texts: Texts) -> list[tuple[str, str, str]]:
    """What stands out in a group: field, answer, and how often there and among all, as plain text."""
    fields = fields_of(body)
    found = []
    for one in stands_out(group, body["everybody"]):
        field = fields[one["field"]]
        often = texts["often"].format(share=one["words"], all=one["all"])
        found.append((field.name, field.text_of(one["level"]), often))
    return found


def overlap_words(body: Body, names: Mapping[str, str], texts: Texts) -> list[tuple[str, str]]:
    """Pairs of personas that describe the same people, and what would tell them apart."""
    apart = {frozenset(one["personas"]): one for one in body["apart"]}
    found = []
    for one in body["overlaps"]:
        pair = one["personas"]
        how = "most" if one["share"] >= 0.6 else "half" if one["share"] >= 0.4 else "some"
        said = texts["overlap"][how].format(a=names.get(pair[0], pair[0]), b=names.get(pair[1], pair[1]))
        field = apart.get(frozenset(pair))
        if field is None:
            found.append((said, ""))
            continue
        form = "tell" if field["filled"] else "ask" if field["field"] else "nothing"
        found.append((said, texts["overlap"][form].format(field=field["field"])))
    return found
