"""Routes and settings of the participant pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import tornado.web

from learnerfirst.serving.participants import (
    api,
    campaign,
    check,
    communities,
    helpers,
    live,
    mine,
    people,
    plan,
)
from learnerfirst.serving.participants.base import XSRF_COOKIE, Alive, NotFound, Static
from learnerfirst.serving.participants.options import Options
from learnerfirst.serving.participants.room import Room
from learnerfirst.workshops import Workshops

COMMUNITY = "([a-z0-9][a-z0-9_-]{0,39})"
TEMPLATES = Path(__file__).parent / "templates"


def make_app(options: Options, workshops: Workshops) -> tornado.web.Application:
    """The application. With a prefix its routes answer with and without it, as proxies differ in cutting it off.

    ``app.settings["room"].close()`` ends its threads.
    """
    room = Room(options, workshops)
    found = [*_routes("")]
    if options.prefix:
        found = [*_routes(options.prefix), *found]
    framed = bool(options.frame_ancestors) and options.secure
    return tornado.web.Application(
        found,
        default_handler_class=NotFound,
        room=room,
        template_path=str(TEMPLATES),
        xsrf_cookies=True,
        xsrf_cookie_name=XSRF_COOKIE,
        xsrf_cookie_kwargs={
            "path": f"{options.prefix}/",
            "secure": options.secure,
            "samesite": "None" if framed else "Lax",
        },
        log_function=_silent,
    )


def _routes(prefix: str) -> list[tuple[str, type[tornado.web.RequestHandler], dict[str, Any]]]:
    found: list[tuple[str, type[tornado.web.RequestHandler], dict[str, Any]]] = [
        (rf"{prefix}/?", people.Home, {}),
        (rf"{prefix}/mine", mine.Mine, {}),
        (rf"{prefix}/alive", Alive, {}),
        (rf"{prefix}/check/([A-Za-z]{{1,20}})", check.Check, {}),
        (rf"{prefix}/static/([\w.-]+)", Static, {}),
        (rf"{prefix}/join/([^/]+)/plan", plan.Plan, {"kind": ""}),
        (rf"{prefix}/join/([^/]+)/plan\.ics", plan.Plan, {"kind": "ics"}),
        (rf"{prefix}/join/([^/]+)/helpers", helpers.Helpers, {}),
        (rf"{prefix}/join/([^/]+)/plan\.html", plan.Plan, {"kind": "html"}),
        (rf"{prefix}/join/([^/]+)/community/{COMMUNITY}", communities.Community, {}),
        (rf"{prefix}/join/([^/]+)/community/{COMMUNITY}/meetings\.ics", communities.CommunityCalendar, {}),
    ]
    for where in ("join", "quiz"):
        beside = r"(?:/at/[\w-]+)?" if where == "join" else ""
        base, kind = rf"{prefix}/{where}/([^/]+{beside})", {"where": where}
        found += [
            (rf"{base}/code", campaign.Door, kind),
            (base, people.Join, kind),
            (rf"{base}/(sheet-[0-9a-f]+\.json)", people.Sheet, kind),
            (rf"{base}/state", api.State, kind),
            (rf"{base}/answers", api.Answers, kind),
            (rf"{base}/own", api.Own, kind),
            (rf"{base}/mark", api.Mark, kind),
            (rf"{base}/picture", live.Picture, kind),
            (rf"{base}/guess", live.Guess, kind),
            (rf"{base}/late", live.Late, kind),
        ]
    return found


def _silent(_handler: tornado.web.RequestHandler) -> None:
    """No log of requests: it would hold addresses, codes and times."""
