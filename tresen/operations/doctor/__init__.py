"""The doctor: looks at everything the shop stands on, says what is wrong, and how to mend it.

A check is a small function that returns findings; `table.CHECKS` lists them all.
"""
