"""The back office: where the people of the shop work."""
