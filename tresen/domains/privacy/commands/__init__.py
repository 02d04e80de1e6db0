"""Writes, by noun. Keywords only, inside the caller's transaction."""
