"""The screens: each gathers text, hands facts to the desk, and shows the visit that comes back."""
