"""Searching the audit, one deed, and who was affected."""
