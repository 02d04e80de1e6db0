"""Journeys: people in a real browser, on the whole shop as `make run` starts it."""
