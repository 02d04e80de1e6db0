"""The `tresen` command: one file per verb, listed in `verbs`."""
