"""Today: what waits, how many, where."""
