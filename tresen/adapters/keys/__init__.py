"""Where the root key is kept: a file, a credential, a security module, a key server."""
