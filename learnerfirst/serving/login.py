"""The login: a token in the printed link, or typed in on our own page."""

from __future__ import annotations

import hmac
import os
import secrets
from pathlib import Path
from typing import Any

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.auth.identity import IdentityProvider, User
from jupyter_server.auth.login import LoginFormHandler

from learnerfirst.serving.handlers import Guarded
from learnerfirst.serving.settings import Settings
from learnerfirst.store.opening import data_dir

SECRET_BYTES = 48


class Everybody(IdentityProvider):
    """Who may open a published notebook: everybody, and nobody is told from anybody else."""

    def get_user(self, _handler: Any) -> User:
        """The same visitor for all; no cookie."""
        return User("visitor")

    @property
    def auth_enabled(self) -> bool:
        """No login."""
        return False


class TokenOnly(IdentityProvider):
    """Who has the token, or the cookie that it was swapped for."""

    def process_login_form(self, handler: Any) -> User | None:
        """Somebody, for the right token; None for any other text."""
        typed = handler.get_argument("password", default="").strip()
        if not hmac.compare_digest(typed.encode(), self.token.encode()):
            return None
        return self.generate_anonymous_user(handler)


class Login(Guarded, LoginFormHandler):
    """The login page; a wrong token gets the page again with status 401."""

    def _render(self, message: Any = None) -> None:
        template = self.settings["voila_jinja2_env"].get_template("login.html")
        self.set_header("Cache-Control", "no-store")
        self.finish(
            template.render(
                base_url=self.base_url,
                wrong=bool(message),
                next_page=self.get_argument("next", default=self.base_url),
                xsrf_form_html=self.xsrf_form_html(),
            )
        )

    @allow_unauthenticated
    def get(self) -> None:
        """The form, or onward for who is in already."""
        super().get()  # type: ignore[no-untyped-call]

    @allow_unauthenticated
    def post(self) -> None:
        """Check the token that was typed in."""
        super().post()  # type: ignore[no-untyped-call]


def cookie_secret(settings: Settings) -> bytes:
    """The key that signs login cookies, kept beside the store so that open tabs survive a restart.

    The file is for its owner alone. Where none can be written, the key lives as long as this process.
    """
    folder = Path(settings.data_dir).expanduser() if settings.data_dir else data_dir()
    file = folder / "facilitator.key"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        key = file.read_bytes()
        return key if len(key) == SECRET_BYTES else secrets.token_bytes(SECRET_BYTES)
    except OSError:
        return secrets.token_bytes(SECRET_BYTES)
    key = secrets.token_bytes(SECRET_BYTES)
    with os.fdopen(handle, "wb") as out:
        out.write(key)
    return key


def set_up_login(provider: IdentityProvider, settings: Settings) -> None:
    """Our login page; a session cookie that no script reads."""
    provider.login_handler_class = Login
    provider.cookie_options = {"expires_days": None, "samesite": "Lax"}
    provider.get_secure_cookie_kwargs = {"max_age_days": 2}
    provider.token = settings.token
