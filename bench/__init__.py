"""Benchmarks: measured, kept as data in results/, never thresholds in tests."""
