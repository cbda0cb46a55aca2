"""What a document shows around a cell: how its figures print, where else they stand, what the source says."""
