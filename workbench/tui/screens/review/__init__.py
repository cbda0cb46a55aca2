"""The review screen, a module for each thing that is done on it."""
