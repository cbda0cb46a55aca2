"""Review what automatic extraction got wrong in published Chinese department budgets and final accounts."""

__version__ = "0.1.0"
