"""What we know: one package per domain, all of one plan."""
