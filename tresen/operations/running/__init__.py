"""Running the shop: children that start, stay, and never outlive their parent."""
