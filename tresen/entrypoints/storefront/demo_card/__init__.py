"""The demo payment service: its own little page, only where demo payments are on."""
