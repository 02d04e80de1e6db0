"""Sessions of two realms: rows on the server, one cookie per realm, chosen by the path."""
