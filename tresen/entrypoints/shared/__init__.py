"""What the faces share: formatting of money, numbers and dates, icons, pictures, rows."""
