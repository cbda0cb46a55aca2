"""Grids of a page, as rules draw them or a file marks them → pieces of tables with what stands around them."""
