"""Template tags and filters of all faces."""
