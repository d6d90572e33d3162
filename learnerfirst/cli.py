"""The command `learnerfirst`: its words are in `data/texts/cli.yaml`, its work is done elsewhere."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from learnerfirst.content import texts
from learnerfirst.errors import LearnerFirstError

Words = Mapping[str, Any]
Add = Callable[..., argparse.Action]


def _server_options(add: Add, words: Words) -> None:
    add("--port", type=int, metavar="N", help=words["port"])
    add("--participants-port", type=int, metavar="N", help=words["participants_port"])
    add("--host", help=words["host"])
    add("--public-url", metavar="URL", help=words["public_url"])
    add("--kernels", type=int, metavar="N", help=words["kernels"])
    add("--no-browser", dest="browser", action="store_const", const=False, help=words["no_browser"])


def _store_options(add: Add, words: Words) -> None:
    add("--database-url", metavar="URL", help=words["database_url"])
    add("--data", dest="data_dir", metavar="DIR", help=words["data"])


def _serve(add: Add, words: Words) -> None:
    _server_options(add, words)
    add("--facilitator-host", metavar="HOST", help=words["facilitator_host"])
    add("--token", metavar="T", help=words["token"])
    _store_options(add, words)
    add("--content", dest="content_dir", metavar="DIR", help=words["content"])


def _publish(add: Add, words: Words) -> None:
    add("notebook", metavar="NOTEBOOK", help=words["notebook"])
    _server_options(add, words)
    add("--frame-ancestors", metavar="SITES", help=words["frame_ancestors"])
    _store_options(add, words)
    add("--content", dest="content_dir", metavar="DIR", help=words["content"])


def _lab(add: Add, words: Words) -> None:
    add("folder", nargs="?", default="learnerfirst-notebooks", metavar="DIR", help=words["folder"])
    add("--no-browser", dest="browser", action="store_const", const=False, help=words["no_browser"])


def _check(add: Add, words: Words) -> None:
    add("folder", nargs="?", metavar="DIR", help=words["check_folder"])


def _backup(add: Add, words: Words) -> None:
    add("file", metavar="FILE", help=words["backup_file"])
    _store_options(add, words)


def _export(add: Add, words: Words) -> None:
    add("code", metavar="CODE", help=words["code"])
    add("file", metavar="FILE", help=words["backup_file"])
    _store_options(add, words)


def _restore(add: Add, words: Words) -> None:
    add("file", metavar="FILE", help=words["restore_file"])
    _store_options(add, words)


def _rehearse(add: Add, words: Words) -> None:
    add("code", metavar="CODE", help=words["code"])
    add("--people", type=int, default=12, metavar="N", help=words["people"])
    add("--url", metavar="URL", help=words["url"])


_OPTIONS: Mapping[str, Callable[[Add, Words], None]] = {
    "serve": _serve,
    "publish": _publish,
    "lab": _lab,
    "check": _check,
    "backup": _backup,
    "export": _export,
    "restore": _restore,
    "rehearse": _rehearse,
}


def parser(words: Words) -> argparse.ArgumentParser:
    """The parser of all commands, with these words."""
    top = argparse.ArgumentParser(prog="learnerfirst", description=words["about"], epilog=words["after"])
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, add_options in _OPTIONS.items():
        one = commands.add_parser(name, help=words["commands"][name], description=words[f"about_{name}"])
        add_options(one.add_argument, words["options"])
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; 0 when all went well, 1 when not: our own errors are a message, never a traceback."""
    try:
        words = texts("cli")
        options = vars(parser(words).parse_args(argv))
        from learnerfirst.serving import commands

        run: Callable[..., int] = getattr(commands, options.pop("command"))
        return run(words, **options)
    except LearnerFirstError as error:
        print(f"learnerfirst: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
