"""The style guide: every partial with sample rows, as pages one can look at."""
