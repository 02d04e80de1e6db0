"""The words of this domain, by noun."""
