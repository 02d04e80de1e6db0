"""Limits: so many times in so long, and never once more, however many ask at the same moment."""
