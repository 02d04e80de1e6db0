"""The way to PostgreSQL: Django's backend, with a limit on the client's side for every call.

A server that is frozen rather than dead keeps its sockets open and its own timeouts asleep; only
the client can end the wait. `base` is what Django loads (`ENGINE = "tresen.foundation.database"`).
"""
