"""Trusting: what people may ask of us about their data, done over all domains by one registry."""
