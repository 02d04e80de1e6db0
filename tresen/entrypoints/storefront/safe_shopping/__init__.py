"""The guide to safe shopping: how to recognise us, and how to shop safely here and elsewhere."""
