"""Text that marks its cells: TABs, bars, commas, drawn frames, a line a cell."""
