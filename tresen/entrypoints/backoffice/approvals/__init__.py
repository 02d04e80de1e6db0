"""Four eyes: what waits for a second person, and asking for it."""
