"""Who knocks: the faces of the house."""
