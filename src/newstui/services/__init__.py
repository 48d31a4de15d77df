"""What a user can do, one module per use; shared by the command line and the terminal interface."""
