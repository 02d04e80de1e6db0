"""Passwords that attackers know: a compact list in the data folder, asked without any network."""
