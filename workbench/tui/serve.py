"""The same app in a browser: one process a browser tab, served on this machine only."""

from __future__ import annotations

import importlib.util
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from workbench.config.settings import Settings
from workbench.errors import ExitCode, WorkbenchError

HOST = "127.0.0.1"
"""The only address that is served: there is no sign-in, so nobody else may reach it."""


def serve(paths: Sequence[str], settings: Settings, *, port: int, source: Path | None = None) -> int:
    """Serves until it is interrupted. Raises WorkbenchError where textual-serve is not installed."""
    if importlib.util.find_spec("textual_serve") is None:
        raise WorkbenchError("serving to a browser is not installed", "pip install 'budget-workbench[serve]'")
    from textual_serve.server import Server

    server = Server(serve_command(paths, settings, source), host=HOST, port=port, title="workbench")
    print(f"workbench: http://{HOST}:{port} (this machine only; ctrl+c ends it)", file=sys.stderr)  # noqa: T201
    server.serve()
    return int(ExitCode.CLEAN)


def serve_command(paths: Sequence[str], settings: Settings, source: Path | None = None) -> str:
    """The command that each browser tab runs: `workbench review` with the same paths and settings."""
    options = {
        "--records": settings.records,
        "--reviewer": settings.reviewer_name,
        "--keymap": settings.keymap,
        "--theme": settings.theme,
        "--lang": settings.interface_language,
        "--ambiguous-width": settings.ambiguous_width,
        "--page-image": settings.page_image,
        "--jobs": str(settings.jobs),
        "--rules": settings.rules,
        "--verify": settings.verify,
        "--source": str(source or ""),
    }
    words = [sys.executable, "-m", "workbench", "review"]
    for option, value in options.items():
        if value:
            words += [option, value]
    return shlex.join([*words, "--", *paths])
