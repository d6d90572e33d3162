"""Logs of the facilitator's server: warnings and errors, never a kernel's id, a token or a query."""

from __future__ import annotations

import logging
import re
from typing import Any

_ID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b", re.IGNORECASE)
_TOKEN = re.compile(r"(token(?:=|%3D|\s))[^\s&\"']+", re.IGNORECASE)


def without_secrets(text: str) -> str:
    """The text with kernel ids and tokens replaced.

    >>> without_secrets("GET /api/kernels/0a1b2c3d-0000-4000-8000-1234567890ab?token=secret")
    'GET /api/kernels/(id)?token=(hidden)'
    """
    return _TOKEN.sub(r"\1(hidden)", _ID.sub("(id)", text))


class NoSecrets(logging.Filter):
    """Replaces kernel ids and tokens in every record, tracebacks included."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place and keep it."""
        record.msg = without_secrets(record.getMessage())
        record.args = ()
        if record.exc_info and not record.exc_text:
            record.exc_text = without_secrets(logging.Formatter().formatException(record.exc_info))
        return True


def quieten(log: logging.Logger | logging.LoggerAdapter[Any]) -> None:
    """Warnings and errors only, without secrets, on every logger that the server uses."""
    secrets = NoSecrets()
    root = logging.getLogger()
    if not root.handlers:
        out = logging.StreamHandler()
        out.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
        root.addHandler(out)
    for handler in root.handlers:
        handler.addFilter(secrets)
    names = ("tornado", "tornado.access", "tornado.application", "tornado.general", "asyncio", "traitlets")
    loggers = [logging.getLogger(name) for name in names]
    loggers.append(log.logger if isinstance(log, logging.LoggerAdapter) else log)
    for logger in loggers:
        logger.setLevel(logging.WARNING)
        if not any(isinstance(known, NoSecrets) for known in logger.filters):
            logger.addFilter(secrets)
        for handler in logger.handlers:
            handler.addFilter(secrets)


def log_request(handler: Any) -> None:
    """One line for a request that failed on our side; its path only, since queries can hold what people typed."""
    status = handler.get_status()
    if status >= 500:
        request = handler.request
        logging.getLogger("tornado.access").warning("%s %s %s", status, request.method, request.path)
