"""Tables JSON, the tables of any extractor: read, written, and anchored in the file that they were read from."""
