"""Scanned pages: words by character recognition, rules from the picture."""
