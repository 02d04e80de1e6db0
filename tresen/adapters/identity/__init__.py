"""Companies' own sign-in."""
