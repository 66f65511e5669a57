"""Half-typed forms: kept while they are typed, offered back by name and minute."""
