"""Schedule: what happens by itself, because a fact waits or a time has come."""
