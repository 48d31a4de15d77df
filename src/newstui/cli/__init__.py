"""The command line: click commands, a few lines each over the services."""


def run() -> None:
    """Parse the command line, run one verb, and end the process with its exit status."""
    from newstui.cli.main import main

    main()
