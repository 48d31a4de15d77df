"""A verb that makes a library to try things on."""

from __future__ import annotations

from pathlib import Path

import click

from newstui import paths
from newstui.cli.output import warn
from newstui.cli.session import Session
from newstui.text.figures import counted


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--articles", type=click.IntRange(1, 1_000_000), default=1000, show_default=True, help="How many.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed makes other texts.")
@click.pass_obj
def command(session: Session, folder: Path, articles: int, seed: int) -> None:
    r"""Make a library of made-up articles, with ten highlights on each tenth; FOLDER must be missing or empty.

    \b
    newstui demo-library /tmp/big --articles 10000
    newstui --library /tmp/big
    """
    from newstui.model import Article
    from newstui.services.demo import build_library
    from newstui.store import Store

    with Store.open(paths.shipped_dir(paths.SAMPLE_LIBRARY), read_only=True) as sample:
        texts = [sample.text(article.text) for article in sample.all(Article)]
    with Store.open(folder, create=True) as store:
        if store.all(Article):
            raise click.UsageError(f"{folder} holds a library already; name a new folder.")
        build_library(store, texts, articles, seed=seed, report=lambda done: warn(f"{done:,} of {articles:,}"))
        store.fold()
    warn(f"{folder} holds {counted(articles, 'article')}.")
