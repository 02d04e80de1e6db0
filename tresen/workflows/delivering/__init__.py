"""Delivering: from an order to goods in the customer's hands."""
