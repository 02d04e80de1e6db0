"""The cart page."""
