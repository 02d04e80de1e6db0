"""Who may do what behind the counter: the words for it, and the page that says no."""
