"""Reads, by noun. get_ raises, find_ may return None, list_ is bounded."""
