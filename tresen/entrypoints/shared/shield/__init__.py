"""What browsers are told to refuse, on every answer: headers, policy, and the scripts we know."""
