"""Backups: base backups and every byte of the journal after them, encrypted before they leave.

The keeper (`keeper.py`, a child of `tresen run`) streams the server's write-ahead log to the
target as it is written, takes base backups by its timetable, keeps the key store apart and short,
and restores the newest backup by itself each night. Nothing here needs Django: a backup must work,
and come back, where the shop does not start.
"""
