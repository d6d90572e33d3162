"""Settings of one running workbook: from flags first, then the environment, then what suits a laptop."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from learnerfirst.errors import Fault, InvalidInput

PREFIX = "LEARNERFIRST_"
NOBODY = "'none'"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def _new_token() -> str:
    return secrets.token_urlsafe(24)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that `learnerfirst serve` can be told; each field is also `LEARNERFIRST_<NAME>` in the environment.

    ``host`` is where the participant pages listen, ``facilitator_host`` where the facilitator's do. Waits are in
    seconds. ``token`` is empty only for a published notebook, which everybody may open.

    >>> Settings.read({"LEARNERFIRST_PORT": "9000", "LEARNERFIRST_TOKEN": "t"}, host="0.0.0.0").facilitator_url
    'http://127.0.0.1:9000'
    """

    host: str = "127.0.0.1"
    facilitator_host: str = "127.0.0.1"
    port: int = 8866
    participants_port: int = 8867
    public_url: str = ""
    database_url: str = ""
    data_dir: str = ""
    content_dir: str = ""
    notebooks_dir: str = ""
    notebook: str = ""
    token: str = field(default_factory=_new_token)
    browser: bool = True
    participants: bool = True
    frame_ancestors: str = NOBODY
    kernels: int = 24
    kernel_start: str = "fork"
    never_connected: float = 60.0
    cull_idle: float = 1800.0
    cull_interval: float = 60.0
    poll: float = 2.0
    child_start: float = 30.0

    def __post_init__(self) -> None:
        faults = list(self._faults())
        if faults:
            raise InvalidInput("the settings cannot be used", faults)

    def _faults(self) -> list[Fault]:
        faults = []
        for name in ("port", "participants_port"):
            if not 0 < getattr(self, name) < 65536:
                faults.append(Fault(name, str(getattr(self, name)), "a port from 1 to 65535 is allowed"))
        if self.port == self.participants_port:
            faults.append(
                Fault("participants_port", str(self.port), "choose a port other than the facilitator's")
            )
        if self.kernel_start not in ("fork", "plain"):
            faults.append(Fault("kernel_start", self.kernel_start, "fork or plain is allowed"))
        for name in ("kernels", "never_connected", "cull_idle", "cull_interval", "poll", "child_start"):
            if getattr(self, name) <= 0:
                faults.append(Fault(name, str(getattr(self, name)), "a number above 0 is allowed"))
        if any(character in self.frame_ancestors for character in ";,\r\n"):
            faults.append(
                Fault("frame_ancestors", self.frame_ancestors, "addresses set apart by spaces are allowed")
            )
        return faults

    @classmethod
    def read(cls, environ: Mapping[str, str] | None = None, **given: object) -> Settings:
        """Settings from ``given`` (None means: not given), else ``environ``, else the defaults.

        Raises InvalidInput that names every setting that cannot be used.
        """
        environ = os.environ if environ is None else environ
        values: dict[str, object] = {name: value for name, value in given.items() if value is not None}
        faults = []
        for entry in fields(cls):
            text = environ.get(PREFIX + entry.name.upper())
            if entry.name in values or text is None or (text == "" and entry.name != "token"):
                continue
            try:
                values[entry.name] = _parsed(str(entry.type), text)
            except ValueError:
                faults.append(Fault(PREFIX + entry.name.upper(), repr(text), f"{entry.type} is allowed"))
        if faults:
            raise InvalidInput("the environment holds settings that cannot be used", faults)
        return cls(**values)  # type: ignore[arg-type]

    def changed(self, **changes: object) -> Settings:
        """These settings with some of them replaced."""
        return replace(self, **changes)  # type: ignore[arg-type]

    @property
    def facilitator_url(self) -> str:
        """Where the facilitator's browser on this computer reaches the pages."""
        return f"http://{_reachable(self.facilitator_host)}:{self.port}"

    @property
    def participant_url(self) -> str:
        """Where this computer reaches the participant process."""
        return f"http://{_reachable(self.host)}:{self.participants_port}"

    @property
    def only_this_computer(self) -> bool:
        """True when no other computer can open the participant pages."""
        return self.host in LOOPBACK

    @property
    def link(self) -> str:
        """The facilitator's link, with the token that opens it."""
        return f"{self.facilitator_url}/?token={self.token}" if self.token else f"{self.facilitator_url}/"


def _parsed(kind: str, text: str) -> object:
    if kind == "bool":
        lowered = text.strip().lower()
        if lowered not in ("1", "0", "true", "false", "yes", "no"):
            raise ValueError(text)
        return lowered in ("1", "true", "yes")
    if kind == "int":
        return int(text)
    return float(text) if kind == "float" else text


def _reachable(host: str) -> str:
    if host in ("", "0.0.0.0"):
        return "127.0.0.1"
    if host == "::":
        return "[::1]"
    return f"[{host}]" if ":" in host else host


def notebooks_folder(settings: Settings) -> Path:
    """The folder of the workbook's pages: as set, else the checkout's, else the one in the installed package."""
    if settings.notebooks_dir:
        return Path(settings.notebooks_dir).resolve()
    package = Path(__file__).resolve().parent.parent
    checkout = package.parent / "notebooks"
    if checkout.is_dir() and (package.parent / "pyproject.toml").is_file():
        return checkout
    return package / "_content" / "notebooks"
