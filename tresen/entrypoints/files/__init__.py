"""The shop's own files and its pictures, handed out with the same shield as every answer."""
