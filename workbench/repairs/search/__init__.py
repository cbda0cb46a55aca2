"""Which repairs explain a group of failing checks: the cheapest whole ones, and what they say of each cell."""
