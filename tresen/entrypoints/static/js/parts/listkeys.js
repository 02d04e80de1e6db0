// listkeys
