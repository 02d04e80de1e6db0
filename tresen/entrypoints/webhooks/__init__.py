"""Where other people's machines knock."""
