"""Reviewed documents out, as data sets: CSV, JSON Lines, Excel, Parquet, SQLite, a data package."""

from workbench.export.dataset import Dataset, dataset_of
from workbench.export.writers import FORMATS, write_dataset

__all__ = ["FORMATS", "Dataset", "dataset_of", "write_dataset"]
