"""The kit of the back office: one list, one detail page, one form, one rail.

Screens hand over frozen rows and say in words what the columns, filters and actions are; the kit
reads the address, draws, pages, exports and asks before anything dangerous. It knows no table.
"""
