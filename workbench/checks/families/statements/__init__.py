"""Statements as the families hold them against each other and against the text: their totals, sides, rows by code."""
