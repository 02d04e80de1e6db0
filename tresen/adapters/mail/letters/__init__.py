"""The letters themselves: a template per kind, as text and as HTML, beside what fills it."""
