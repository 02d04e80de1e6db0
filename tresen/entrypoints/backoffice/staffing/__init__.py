"""Settings → Staff: who works here, with which roles, for which stores."""
