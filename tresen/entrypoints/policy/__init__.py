"""Who may come to which address: every route is declared here once, the rest is closed."""
