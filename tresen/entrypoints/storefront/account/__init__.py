"""The shopper's account: signing in and up, orders, addresses, how one signs in."""
