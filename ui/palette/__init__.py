"""Finding an act by typed words: Ctrl+Space, a few letters, Enter."""
