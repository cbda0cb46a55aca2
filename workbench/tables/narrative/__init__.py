"""Amounts, shares and changes that running text states."""
