"""Decisions about people's data. Pure: no database, no clock, no network."""
