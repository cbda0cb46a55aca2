"""Text whose columns show only by alignment."""
