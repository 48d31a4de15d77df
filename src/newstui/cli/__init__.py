"""The command line: click commands, a few lines each over the services."""

import os
import sys


def run() -> None:
    """Parse the command line, run one verb, and end the process with its exit status.

    What no verb expected is one sentence too; with `NEWSTUI_DEBUG` set it is a traceback.
    """
    from newstui.cli.main import main

    try:
        main()
    except Exception as error:
        if os.environ.get("NEWSTUI_DEBUG"):
            raise
        from newstui.text.display import visible

        said = visible(f"{type(error).__name__}: {error}")
        sys.exit(f"newstui: Something went wrong that should not ({said}); NEWSTUI_DEBUG=1 shows where.")
