"""Tests of the pricing domain."""
