"""Weighing orders, deciding about those that wait, and answering who asks for a person."""
