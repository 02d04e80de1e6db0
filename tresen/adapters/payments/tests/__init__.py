"""One contract for every way to pay, and what is special to each."""
