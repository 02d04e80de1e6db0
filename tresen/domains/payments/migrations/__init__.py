"""Tables of this domain over time."""
