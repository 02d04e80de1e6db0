"""Ways to pay: one file per service, and a demo card that behaves like a real one."""
