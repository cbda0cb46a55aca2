import shlex
from pathlib import Path

import pytest

from workbench.cli.arguments import parse_arguments
from workbench.config.settings import Settings
from workbench.tui import serve


def test_each_tab_runs_review_with_the_same_settings() -> None:
    settings = Settings(records="my records", reviewer="李 雷", keymap="vim", language="zh", verify="auto")
    words = shlex.split(serve.serve_command(["a b.pdf", "$(x)"], settings, Path("the source.pdf")))
    options = parse_arguments(words[3:])
    assert options.paths == ["a b.pdf", "$(x)"]
    assert (options.records, options.reviewer, options.keymap, options.language) == ("my records", "李 雷", "vim", "zh")
    assert (options.verify, options.source) == ("auto", Path("the source.pdf"))


def test_only_this_machine_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    server_module = pytest.importorskip("textual_serve.server")
    made: list[dict[str, object]] = []

    class Recorder:
        def __init__(self, command: str, **options: object) -> None:
            made.append(options)

        def serve(self) -> None:
            return

    monkeypatch.setattr(server_module, "Server", Recorder)
    assert serve.serve(["."], Settings(), port=8701) == 0
    assert made[0]["host"] == "127.0.0.1"
    assert made[0]["port"] == 8701
