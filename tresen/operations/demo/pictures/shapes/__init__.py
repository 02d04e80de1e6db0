"""What the demo shop can draw, one module per shelf; each names its kinds in `KINDS`."""
