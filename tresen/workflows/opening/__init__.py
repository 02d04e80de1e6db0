"""Opening: from an empty database to a shop that can sell."""
