"""«My data»: what is stored about a person, and everything one may ask, by account or by link."""
