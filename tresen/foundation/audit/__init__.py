"""The audit: who did what to which object, and who read whose data; written, never rewritten."""
