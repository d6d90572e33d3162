"""What all handlers of the facilitator's server share: headers, error pages, the link's token swapped for a cookie."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from jupyter_server.base.handlers import JupyterHandler
from tornado import web

from learnerfirst.pages.handover import SELF_SERVE
from learnerfirst.serving.kernels import Kernels

SCRIPTS = "'self' 'unsafe-eval' blob:"
SELF_SERVE_PAGE = "self_serve_quiz"


def content_security_policy(frame_ancestors: str = "'none'") -> str:
    """What a facilitator page may load and run: own files only, no inline script, no other host.

    Vega compiles charts (unsafe-eval), anywidget loads its module from a blob, JupyterLab sets styles.
    """
    return "; ".join(
        [
            "default-src 'self'",
            f"script-src {SCRIPTS}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self' data:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            f"frame-ancestors {frame_ancestors}",
        ]
    )


class Ours(web.RequestHandler):
    """Security headers on everything, our own error page, and 404 for every malformed path."""

    def set_default_headers(self) -> None:
        """Headers of every answer."""
        workbook = self.settings["learnerfirst"].workbook
        self.set_header("Content-Security-Policy", content_security_policy(workbook.frame_ancestors))
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "same-origin")
        self.set_header("Cross-Origin-Opener-Policy", "same-origin")
        self.set_header("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        self.clear_header("Server")

    def decode_argument(self, value: bytes, name: str | None = None) -> str:
        """Text of an argument; a path that is no text is a path we do not have."""
        try:
            return super().decode_argument(value, name)
        except web.HTTPError:
            raise web.HTTPError(404 if name is None else 400) from None

    def write_error(self, status_code: int, **_details: Any) -> None:
        """Our own page, with nothing in it of what went wrong inside."""
        texts = self.settings["learnerfirst"].texts
        known = texts["errors"]
        kind = known.get(str(status_code)) or known["4xx" if status_code < 500 else "5xx"]
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        template = self.settings["voila_jinja2_env"].get_template("error.html")
        link = self.elsewhere() if status_code == 503 else ""
        self.finish(
            template.render(
                page=kind, status_code=status_code, base_url=self.settings["base_url"], elsewhere=link
            )
        )

    def elsewhere(self) -> str:
        """Where the self-serve quiz can be answered without a kernel, for its page when all are in use; else ""."""
        server = self.settings["learnerfirst"]
        asked = self.request.path.rstrip("/").rpartition("/")[2]
        if asked != SELF_SERVE_PAGE:
            return ""
        names = ("LEARNERFIRST_JOIN_URL", "LEARNERFIRST_PARTICIPANT_URL")
        base = next(
            (server.kernel_environment[name] for name in names if server.kernel_environment.get(name)), ""
        )
        return f"{base.rstrip('/')}/quiz/{SELF_SERVE}" if base else ""


class Guarded(Ours, JupyterHandler):
    """A handler behind the token. A token in the address is swapped for the cookie and leaves the address bar."""

    def set_default_headers(self) -> None:
        """Ours, not Jupyter's."""
        Ours.set_default_headers(self)

    def write_error(self, status_code: int, **details: Any) -> None:
        """Ours, not Jupyter's."""
        Ours.write_error(self, status_code, **details)

    @property
    def kernels(self) -> Kernels:
        """The live kernels of this server."""
        kernels: Kernels = self.settings["kernel_manager"]
        return kernels

    async def prepare(self, **options: Any) -> None:
        """Refuse whoever has neither cookie nor token; clean the address of who has."""
        waiting = super().prepare(**options)
        if waiting is not None:
            await waiting
        if self._finished or self.request.method != "GET" or "token" not in self.request.query_arguments:
            return
        if self.identity_provider.is_token_authenticated(self) or self.current_user:
            self.redirect(self._address_without_token(), status=303)

    def _address_without_token(self) -> str:
        rest = [
            (name, value)
            for name, values in self.request.query_arguments.items()
            if name != "token"
            for value in values
        ]
        path = "/" + self.request.path.lstrip("/")
        return f"{path}?{urlencode(rest)}" if rest else path


class NotFound(Ours):
    """Everything that is no route of ours: our 404, whoever asks, by whatever method."""

    def prepare(self) -> None:
        """There is nothing here."""
        raise web.HTTPError(404)


class Files(Ours, web.StaticFileHandler):
    """Own and the packages' static files, open to all; they hold nothing of the user's. Malformed paths are 404."""

    async def get(self, path: str, include_body: bool = True) -> None:
        """The file, or our 404."""
        try:
            await super().get(path, include_body)
        except (ValueError, AssertionError, OSError):
            raise web.HTTPError(404) from None

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        """A file below its folder; folders are not listed."""
        try:
            return super().validate_absolute_path(root, absolute_path)
        except web.HTTPError:
            raise web.HTTPError(404) from None
