"""The words people read: gathered from parts, compiled, and checked for gaps.

No GNU gettext is needed on the machine. German is written in `locale/de/parts/*.po`, or in
`locale/de/LC_MESSAGES/django.po`, into which `tresen messages` merges the parts.
"""
