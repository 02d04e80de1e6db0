"""Idempotency: one key, one effect, whatever is retried."""
