"""Writing many products at once: looked up, staged by COPY, put in place by set-based SQL."""
