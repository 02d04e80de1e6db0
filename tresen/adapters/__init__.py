"""Whom we call: outside services behind ports."""
