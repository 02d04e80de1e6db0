"""Stripe: Checkout by redirect, notices, captures and refunds."""
