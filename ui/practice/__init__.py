"""Practice: a throw-away clinic with a made-up patient, and drills in it."""
