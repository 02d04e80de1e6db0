"""Goods: the list and editing one product."""
