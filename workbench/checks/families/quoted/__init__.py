"""Where running text quotes a table."""
