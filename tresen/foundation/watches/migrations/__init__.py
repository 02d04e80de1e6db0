"""Tables of the watches."""
