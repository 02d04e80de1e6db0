"""The queue of people's requests with its clocks, what is kept how long, and the Art. 30 record."""
