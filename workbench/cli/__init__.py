"""The `workbench` command: arguments in, exit code out. stdout is data, stderr is narration."""

from __future__ import annotations

import os
import signal
import sys
import threading
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import NoReturn

from workbench.cli.arguments import parse_arguments
from workbench.errors import ExitCode, WorkbenchError

_APPS = frozenset({"review", "serve"})
"""Commands that end in their own way when they are told to."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code. Failures that a user can meet end in one sentence on stderr.

    Without `arguments` it is the whole program, with those it was called with: whatever it was doing when ctrl+c came,
    it ends with 130, and once its end has begun nothing interrupts that any more.
    """
    verbose, language = False, None
    try:
        _make_streams_usable()
        options = parse_arguments(sys.argv[1:] if arguments is None else arguments)
        verbose, language = options.verbose, options.language
        if options.command not in _APPS:
            _end_in_order_when_told_to()
        code = int(options.run(options))
        sys.stdout.flush()
        return code
    except WorkbenchError as error:
        _say(_in_language(error, language))
        return int(error.exit_code) if error.exit_code != ExitCode.UNREADABLE else int(ExitCode.USAGE)
    except KeyboardInterrupt:
        if arguments is None:
            _hear_nothing_more()
        _say("interrupted")
        return int(ExitCode.INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): nothing is left to say, not even at exit. How it would have
        # ended is not known, so it is neither clean nor findings.
        _abandon_output()
        return int(ExitCode.OUTPUT_CLOSED)
    except OSError as error:
        _abandon_output()
        _say(f"{error.filename or 'standard output'}: {error.strerror or error}")
        return int(ExitCode.USAGE)
    except Exception as error:  # noqa: BLE001 - the last resort: a fault of the program must not look like findings
        _say_fault(error, verbose=verbose)
        return int(ExitCode.FAULT)
    finally:
        if arguments is None:
            _hear_nothing_more()


def _hear_nothing_more() -> None:
    """A second ctrl+c would end the program in its own end, by the signal and with nothing said."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _in_language(error: WorkbenchError, asked: str | None) -> str:
    """What a failure says in the language that was asked for, or that is set; where the settings are what is wrong, in
    that of the locale."""
    from workbench.config.refusals import refusal
    from workbench.config.settings import Settings, load_settings

    try:
        settings = load_settings({"language": asked}).values
    except WorkbenchError:
        settings = Settings(language=asked or "auto")
    return refusal(error, settings.interface_language)


def _say(text: str) -> None:
    from workbench.cli.text import printable

    print(f"workbench: {printable(text)}", file=sys.stderr)


def _say_fault(error: Exception, *, verbose: bool) -> None:
    if verbose:
        traceback.print_exception(error)
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    hint = "" if verbose else "; --verbose shows more"
    _say(f"a fault of the program itself: {type(error).__name__}: {error} ({place}); please report it{hint}")


def _make_streams_usable() -> None:
    """Streams that were closed (`>&-`) lead nowhere; what cannot be encoded is replaced."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - open to the end
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _abandon_output() -> None:
    """What still waits to be written goes nowhere, so that the end of the program does not complain of it again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _end_in_order_when_told_to() -> None:
    """A job that is ended from outside takes its half-written files and its workers with it, as for ctrl+c."""

    def end(number: int, _: FrameType | None) -> NoReturn:
        raise SystemExit(128 + number)

    if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, end)
