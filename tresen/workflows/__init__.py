"""What we do: one file per verb."""
