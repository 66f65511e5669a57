"""The folded visit as plain JSON: what stands, worked out from the entries, for any reader."""
