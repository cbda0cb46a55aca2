"""Bytes → SourceDocument: the only home of the libraries that know document formats."""

from workbench.sources.discovery import find_sources, is_tables_file
from workbench.sources.formats import is_tables
from workbench.sources.json_tables import MEDIA_TYPE as JSON_TABLES
from workbench.sources.json_tables import holds_json_tables
from workbench.sources.limits import ReadLimits
from workbench.sources.reading import iter_pages, page_count, read_source
from workbench.sources.second_reader import read_again

__all__ = [
    "JSON_TABLES",
    "ReadLimits",
    "find_sources",
    "holds_json_tables",
    "is_tables",
    "is_tables_file",
    "iter_pages",
    "page_count",
    "read_again",
    "read_source",
]
