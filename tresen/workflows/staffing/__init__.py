"""Staffing: who joins, with which roles, and who leaves. Each deed is recorded."""
