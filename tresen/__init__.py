"""Tresen: one counter for every channel."""
