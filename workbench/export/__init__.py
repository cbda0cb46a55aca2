"""Reviewed documents out, as data sets: CSV, JSON Lines, Excel, Parquet, SQLite, a data package."""

from workbench.export.dataset import ReviewOutcome, part_of
from workbench.export.frames import frames_of
from workbench.export.writers import FORMATS, write_dataset

__all__ = ["FORMATS", "ReviewOutcome", "frames_of", "part_of", "write_dataset"]
