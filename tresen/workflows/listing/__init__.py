"""Listing: goods brought before people's eyes, and kept up to date there."""
