"""What regular watches found last: one row for each, good or not, since when."""
