"""What is watched over: the audit is sealed, kept outside and examined; incidents are met."""
