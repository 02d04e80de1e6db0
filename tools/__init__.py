"""Tools of the workshop: they check, build and release; the shop never imports them."""
