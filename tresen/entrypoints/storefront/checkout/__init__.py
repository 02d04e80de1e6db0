"""The checkout: one page, one button."""
