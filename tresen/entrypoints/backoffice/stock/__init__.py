"""Stock: what lies where, and the reason for each number."""
