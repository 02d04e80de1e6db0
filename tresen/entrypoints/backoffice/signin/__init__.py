"""Signing in behind the counter: a name, a password, and a second factor, always."""
