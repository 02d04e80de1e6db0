"""One shelf: goods with facets, sorting and paging."""
