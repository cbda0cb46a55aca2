"""Pieces of tables put together: over pages, beside each other, in a file that marks its tables."""
