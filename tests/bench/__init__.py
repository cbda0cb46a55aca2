"""Benchmarks, run one by one. The app is measured as it runs: what it sets before Textual is imported is set first."""

import workbench.tui  # noqa: F401
