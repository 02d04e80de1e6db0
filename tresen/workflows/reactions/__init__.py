"""Reactions: what happens after a fact, and how it is told."""
