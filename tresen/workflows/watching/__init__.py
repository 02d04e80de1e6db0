"""Looking at our own house from outside, as a customer sees it."""
