"""`python -m newstui` and the `newstui` command."""


def main() -> None:
    """Run the command line; it imports what its verb needs and nothing else."""
    from newstui.cli import run

    run()


if __name__ == "__main__":
    main()
