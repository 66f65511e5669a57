"""What makes a Debian package of the frozen folder."""
