"""The record of a review on disk: what it says (`codec/`), how it is kept safe (store, journal, lock), how it is
replayed over a parse (replay, `places/`), and how two of them become one (`merging/`)."""
