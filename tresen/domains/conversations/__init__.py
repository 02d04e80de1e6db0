"""Conversations: what we say to people and what they say to us.

Owns:   letters: what was to be sent to whom, whether it went, and what nobody knows about it.
Announces: nothing yet.
Never:  decides who may be advertised to (marketing), talks to mail servers (adapters).
"""
