"""What readers get to see of the record."""
