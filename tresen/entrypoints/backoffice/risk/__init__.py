"""Orders that wait for a person, why, and by which rules."""
