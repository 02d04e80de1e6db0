"""One engine over the registry: it reads, erases and lets expire; no domain does so for itself."""
