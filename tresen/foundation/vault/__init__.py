"""The vault: data about people is sealed before it reaches a table."""
