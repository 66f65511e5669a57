"""What keeps eyes off the chart: the veil, the lock, and what is never left in the clipboard."""
