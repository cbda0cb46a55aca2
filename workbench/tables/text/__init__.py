"""Tables of pages without rules or grids: text in columns, TAB cells, TSV, and text that lost its columns."""
