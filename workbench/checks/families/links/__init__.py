"""Where one table repeats what another one says."""
