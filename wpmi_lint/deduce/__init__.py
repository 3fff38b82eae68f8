"""What an outsider can work out."""
