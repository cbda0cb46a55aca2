"""Made-up disclosures whose every figure is known: consistent content by seed, and renderers for every layout."""
