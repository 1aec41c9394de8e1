"""Pictures of pages, kept for people to look at."""

import os
from pathlib import Path


def pictures_folder() -> Path | None:
    """Where pictures of pages are kept: the folder that PICTURES names, and with CI set in any case."""
    named = os.environ.get("PICTURES") or ("var/pictures" if os.environ.get("CI") else "")
    return Path(named) if named else None


def contact_sheet(folder: Path) -> int:
    """Put all pictures of the folder on one page for people to look at, by page; how many there are."""
    pictures = sorted(folder.glob("*.png"))
    shown = "".join(
        f'<figure><a href="{each.name}"><img src="{each.name}" alt="" loading="lazy" width="240"></a>'
        f"<figcaption>{each.stem}</figcaption></figure>"
        for each in pictures
    )
    style = "figure{display:inline-block;vertical-align:top;margin:8px;width:240px;font:12px sans-serif}"
    page = f"<!doctype html><html lang=en><title>Every page</title><style>{style}</style><h1>Every page</h1>{shown}"
    (folder / "index.html").write_text(page)
    return len(pictures)
