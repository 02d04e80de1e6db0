"""What is switched on: settings, urls, wiring."""
