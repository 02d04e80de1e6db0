"""What the shop is made of: every package of others, for whoever must look up known holes."""
