"""Pure decisions of this domain."""
