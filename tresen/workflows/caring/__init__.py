"""Caring: what we do for people around an order."""
