"""The composition root: opens a library, builds the services over it, closes them; nothing else."""
