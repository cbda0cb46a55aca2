"""Performance forms in running text: labels and values, and the grids of indicators below."""
