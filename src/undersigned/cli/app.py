"""The application: every command, and what happens when one fails."""

from __future__ import annotations

import importlib
import io
import os
import sys
from typing import Annotated, Any, Final, NoReturn

import typer
from rich.console import Console
from typer.core import TyperGroup

from undersigned import __version__
from undersigned.errors import UndersignedError

COMMANDS: Final = (
    "load", "query", "queries", "search", "why", "read", "serve", "export", "check", "loaders",
    "info", "init", "demo", "review", "judge", "link",
    "mcp", "import", "diff", "remove", "redact", "forget",
)  # fmt: skip
"""Each command is the function of its name in the module of its name, in the order of the help."""

FUNCTIONS: Final = {"import": "import_dump"}
"""Commands whose name is a word of Python's, and the function for them."""

PASSES_ARGUMENTS_ON: Final = {"query"}
"""Commands that read options of their own, --help among them: a saved query's parameters."""


class _Stopped(Exception):
    """Ctrl-C while a command ran."""


class _NobodyListens(Exception):
    """The reader of our output has gone (`| head`)."""


class _Commands(TyperGroup):
    def invoke(self, ctx: Any) -> Any:
        # Typer would end the program without a word, and as if something had failed.
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as stop:
            raise _Stopped from stop
        except BrokenPipeError as end:
            raise _NobodyListens from end


app = typer.Typer(
    name="undersigned",
    cls=_Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"undersigned {__version__}\n")
        raise typer.Exit


@app.callback()
def start(
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    """Who signed what, to whom, with whom, and what they said: articles to a knowledge graph.

    Begin with `undersigned demo`, or load articles of your own: `undersigned load my-articles`.
    """


def _wire() -> None:
    for name in COMMANDS:
        function = FUNCTIONS.get(name, name)
        module = importlib.import_module(f"undersigned.cli.{function}")
        settings = (
            {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}
            if name in PASSES_ARGUMENTS_ON
            else None
        )
        app.command(name, context_settings=settings)(getattr(module, function))


_wire()


def main() -> None:
    """Runs the command line. What goes wrong is told on stderr, and the exit status is 1."""
    _speak_unicode()
    try:
        app()
    except UndersignedError as error:
        _stop(str(error), 1)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        _stop(
            f"{place}{error.strerror or error}; see whether the place is there, may be used "
            "and has room left",
            1,
        )
    except (_Stopped, KeyboardInterrupt):
        _stop("stopped", 130)
    except _NobodyListens:
        _be_silent()
    finally:
        try:
            sys.stdout.flush()
        except BrokenPipeError:
            _be_silent()


def _speak_unicode() -> None:
    """Files and pipes get UTF-8 whatever the machine's habit; what can't be shown is escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def _stop(message: str, status: int) -> NoReturn:
    Console(stderr=True, soft_wrap=True, highlight=False).print(
        f"undersigned: {message}", markup=False
    )
    sys.exit(status)


def _be_silent() -> None:
    """Nothing is wrong where nobody listens, and there is nothing more to say."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
