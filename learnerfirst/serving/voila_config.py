"""What our server tells Voila: nothing that a visitor, or anybody's Jupyter configuration, can change."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from traitlets.config import Config

from learnerfirst.serving.settings import Settings

LABEXTENSIONS = ("@jupyter-widgets/jupyterlab-manager", "anywidget", "@voila-dashboards/widgets-manager8")


def transport() -> str:
    """Sockets in a private folder where the system has them; else loopback TCP, signed by the kernel's key."""
    return "tcp" if sys.platform == "win32" else "ipc"


def voila_config(settings: Settings, folder: Path, resources: dict[str, Any]) -> Config:
    """The whole configuration of Voila, kernels and their culling; ``resources`` reach the template."""
    config = Config()
    config.Voila.ip = settings.facilitator_host
    config.Voila.port = settings.port
    config.Voila.port_retries = 0
    config.Voila.open_browser = False
    config.Voila.root_dir = str(folder)
    config.Voila.token = settings.token
    config.Voila.log_level = "WARN"

    voila = config.VoilaConfiguration
    voila.template = "lab"
    voila.theme = "light"
    voila.allow_template_override = "NO"
    voila.allow_theme_override = "NO"
    voila.file_allowlist = []
    voila.strip_sources = True
    voila.show_tracebacks = False
    voila.extension_allowlist = list(LABEXTENSIONS)
    voila.multi_kernel_manager_class = "learnerfirst.serving.kernels.Kernels"
    voila.kernel_spec_manager_class = "learnerfirst.serving.kernels.OnlyOurKernel"
    voila.resources = resources

    config.KernelManager.transport = transport()
    config.KernelManager.autorestart = False
    config.Kernels.limit = settings.kernels
    config.Kernels.fork = settings.kernel_start == "fork"
    config.Kernels.never_connected = settings.never_connected
    config.Kernels.cull_idle_timeout = max(1, int(settings.cull_idle))
    config.Kernels.cull_interval = max(1, int(settings.cull_interval))
    config.Kernels.cull_connected = False
    return config
