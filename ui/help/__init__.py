"""The help inside the application: its pages, how they are found, which belongs to which place."""
