"""A parser of arguments that says of a word it does not know which one was probably meant."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from workbench.errors import did_you_mean


class Parser(argparse.ArgumentParser):
    """The parser of the program or of one of its commands; what is wrong is said beside the usage of that command."""

    def parse_known_args(  # type: ignore[override]  # argparse says more of the types than it keeps
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """As `parse_args`: nothing unknown is handed on, or the parser of the program would tell of it."""
        found, unknown = super().parse_known_args(args, namespace)
        if unknown:
            first = unknown[0].partition("=")[0]
            near = did_you_mean(first, self._option_string_actions, 1) if first.startswith("-") else ""
            self.error(f"unrecognized arguments: {' '.join(unknown)}{near}")
        return found, unknown

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            known = [str(choice) for choice in action.choices]
            near = did_you_mean(str(value), known, 1)
            raise argparse.ArgumentError(action, f"invalid choice: {value!r}{near} (choose from {', '.join(known)})")
