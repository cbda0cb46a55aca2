"""Two reviews of one document made one, by cell and by decision: in the app, and of record files."""
