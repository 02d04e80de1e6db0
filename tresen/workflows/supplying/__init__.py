"""Supplying: goods and what is said about them come in, and go out again."""
