"""What makes an installer of the frozen folder on Windows."""
