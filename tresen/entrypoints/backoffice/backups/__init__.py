"""Backups on the screen: how they stand, what the last restore proved, who can open them."""
