"""`python -m newstui` and the `newstui` command."""

import gc

COLLECT_AFTER = 50_000
"""New objects after which the collector looks for garbage: loading modules makes many that stay, and Python's own 700
are made by a single key."""


def main() -> None:
    """Run the command line; it imports what its verb needs and nothing else."""
    gc.set_threshold(COLLECT_AFTER)
    from newstui.cli import run

    run()


if __name__ == "__main__":
    main()
