"""The file: keeps every entry, encrypted, numbered and chained, and knows nothing of medicine."""
