"""Places outside the database where the roots of the audit's seals are kept."""
