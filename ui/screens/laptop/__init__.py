"""This laptop: its backups, its check, what may leave it, its own book; and a restore."""
