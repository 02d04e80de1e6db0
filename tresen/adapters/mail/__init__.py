"""Mail: how a letter is written, and who carries it."""
