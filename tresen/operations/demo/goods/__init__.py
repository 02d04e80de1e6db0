"""The goods of the demo shop: TOML files written by us, their loader and their checks."""
