"""Where browsers tell what they refused."""
