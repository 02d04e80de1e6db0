"""A child process that may compute and nothing else, for bytes that strangers send."""
