"""The `workbench` command: arguments in, exit code out. stdout is data, stderr is narration."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from workbench.cli.arguments import parse_arguments
from workbench.errors import ExitCode, WorkbenchError


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code. Failures that a user can meet end in one sentence on stderr."""
    _force_utf8()
    options = parse_arguments(sys.argv[1:] if arguments is None else arguments)
    try:
        code = int(options.run(options))
        sys.stdout.flush()
    except WorkbenchError as error:
        print(f"workbench: {error}", file=sys.stderr)  # noqa: T201
        return int(error.exit_code) if error.exit_code != ExitCode.UNREADABLE else int(ExitCode.USAGE)
    except KeyboardInterrupt:
        print("workbench: interrupted", file=sys.stderr)  # noqa: T201
        return int(ExitCode.INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): nothing is left to say, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(ExitCode.CLEAN)
    return code


def _force_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
