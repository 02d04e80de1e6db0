"""Many connections at once: what must stay true when buyers do not wait for each other."""
