"""The order page, opened by a signed link."""
