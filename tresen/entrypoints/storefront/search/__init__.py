"""Search: results, suggestions while typing, and ways on."""
