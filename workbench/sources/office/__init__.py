"""Word, Excel and OpenDocument files."""
