"""One's own account behind the counter: where one is signed in, factors, the company's sign-in."""
