"""The demo card: a card service that exists only here, and can fail in every way a real one can."""
