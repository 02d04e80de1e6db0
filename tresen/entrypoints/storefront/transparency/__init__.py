"""What really happens to data here, live from the running configuration."""
