"""Keys: as the terminal sends them, as rows of key presses that call a command,
and typed ahead of what they lead to."""
