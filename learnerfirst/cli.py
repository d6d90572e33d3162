"""The command `learnerfirst`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from learnerfirst.errors import LearnerFirstError


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="learnerfirst")
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve")
    serve.add_argument("--port", type=int)
    serve.add_argument("--participants-port", type=int)
    serve.add_argument("--host")
    serve.add_argument("--token")
    serve.add_argument("--no-browser", dest="browser", action="store_const", const=False)
    serve.add_argument("--data", dest="data_dir")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; 0 when all went well, 1 when not, with a message and without a traceback."""
    options = vars(_parser().parse_args(argv))
    options.pop("command")
    try:
        from learnerfirst.serving.settings import Settings
        from learnerfirst.serving.supervisor import serve

        settings = Settings.read(**options)
        serve(settings, lambda: print(f"Facilitator: {settings.link}", flush=True))
    except LearnerFirstError as error:
        print(f"learnerfirst: {error}", file=sys.stderr)
        return 1
    return 0
