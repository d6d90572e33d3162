"""The participant pages: a small Tornado application without kernels, in a process of its own.

``python -m learnerfirst.serving.participants --port 8867`` starts it; ``make_app`` builds it for tests.
It knows no facilitator route, keeps no session, and logs neither addresses nor ids.
"""

from __future__ import annotations

from learnerfirst.serving.participants.application import make_app
from learnerfirst.serving.participants.options import Options
from learnerfirst.serving.participants.process import main

__all__ = ["Options", "main", "make_app"]
