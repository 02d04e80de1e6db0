"""Trust: the audit, incidents, and what else shows that people's data is in good hands."""
