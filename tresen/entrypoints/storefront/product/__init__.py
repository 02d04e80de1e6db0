"""The product page."""
