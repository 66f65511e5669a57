"""What makes an application and a disk image of the frozen folder on macOS."""
