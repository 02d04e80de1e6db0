"""The legal pages."""
