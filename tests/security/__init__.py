"""Drills of those who should not get in."""
