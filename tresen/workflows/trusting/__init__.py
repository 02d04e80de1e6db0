"""Trusting: who somebody is, and what people may ask of us about their data."""
