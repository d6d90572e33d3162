"""The monthly look as a file for spreadsheets: shares, counts and sentences, no names."""

from __future__ import annotations

from learnerfirst.charts.community_health import measures
from learnerfirst.communities.method import Method
from learnerfirst.communities.monthly import Look
from learnerfirst.content import texts
from learnerfirst.exchange.spreadsheets import rows_csv
from learnerfirst.pages.community.health.words import percent


def health_csv(look: Look, method: Method) -> bytes:
    """A row a measure, a warning, a risk that shows, and a month of the forum or chat; no cell is a formula."""
    words, pictured = texts("community_look")["file"], texts("community_health")
    health, day = look.health, look.today.isoformat()
    stage = method.stages[health.stage]
    rows: list[tuple[object, ...]] = [(words["stage"], stage.name, day, " ".join(health.reasons))]
    for one in measures(health, pictured):
        if one.id in ("inception", "tried"):
            continue
        value = words["unknown"] if one.share is None else f"{percent(one.share)} %"
        rows.append((one.name, value, day, one.value))
    months = words["unknown"] if health.inception is None else f"{health.inception:g}"
    rows.append((words["months"], months, day, ""))
    rows += [(words[name], getattr(health, name), day, "") for name in ("held", "done", "open", "overdue")]
    rows += [
        (words["warning"], kind, day, told) for kind, told in zip(health.kinds, health.warnings, strict=True)
    ]
    rows += [(words["risk"], one.name, day, " ".join(one.seen)) for one in look.live]
    if look.activity is not None:
        last = look.activity.last.isoformat()
        for month in look.activity.months:
            for name in ("started", "by_members", "answered"):
                rows.append((words[name].format(month=month.month), getattr(month, name), last, ""))
    return rows_csv(words["head"], rows)
