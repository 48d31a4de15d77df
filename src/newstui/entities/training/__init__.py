"""How the shipped model comes about: `python -m newstui.entities.training FOLDER`; never loaded by the program."""
