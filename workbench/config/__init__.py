"""Settings, the one list of commands, and keymaps."""
