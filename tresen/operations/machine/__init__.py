"""What the operating system offers: processes, locks, ports."""
