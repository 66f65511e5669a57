"""Builds the documentation into build/site: `python3 dev.py site [--write] [--pictures]`.

``--write`` first writes the pages that are made from the code; ``--pictures`` takes the pictures
of the screens anew. The site works from a file, without a network: whatever it would fetch from
elsewhere fails the build.
"""

import argparse
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "packaging")]

from handbook import pages, pictures  # noqa: E402 - the checkout has to be found first

SITE: Final = ROOT / "build" / "site"
LOOK: Final = ROOT / "packaging" / "handbook" / "look"
# A link that is followed by a reader may lead elsewhere; what a page loads may not.
FETCHED: Final = re.compile(
    r"""<(?:script|img|iframe|source)\b[^>]*\bsrc=["']?(?:https?:)?//"""
    r"""|<link\b[^>]*\bhref=["']?(?:https?:)?//|url\(\s*["']?(?:https?:)?//|@import\s+["'](?:https?:)?//""",
    re.IGNORECASE,
)


def main(words: list[str]) -> int:
    """Writes what was asked for, builds, and looks for what would be fetched."""
    asked = argparse.ArgumentParser(prog="site", description=__doc__)
    asked.add_argument("--write", action="store_true", help="write the pages made from the code")
    asked.add_argument(
        "--pictures", nargs="*", metavar="NAME", help="take the pictures anew, all or these"
    )
    given = asked.parse_args(words)
    if given.write:
        print("\n".join(f"docs/{path}" for path in pages.write()) or "Every page is as it was.")
    if given.pictures is not None:
        pictures.take(given.pictures)
    behind = pages.stale()
    if behind:
        print("Not as the code is now; python3 dev.py site --write writes them:", *behind, sep="\n")
        return 1
    return _build()


def _build() -> int:
    shutil.rmtree(SITE, ignore_errors=True)
    sphinx = [sys.executable, "-m", "sphinx", "--fail-on-warning", "--keep-going", "--quiet"]
    sphinx += ["--fresh-env"]  # what conf.py does to a page is not seen by the cache
    sphinx += ["--conf-dir", str(LOOK), "--doctree-dir", str(ROOT / "build" / "site-trees")]
    done = subprocess.run([*sphinx, str(ROOT / "docs"), str(SITE)], check=False)
    if done.returncode:
        return done.returncode
    fetched = list(remote(SITE))
    for line in fetched:
        print(f"It would fetch something from elsewhere: {line}")
    size = sum(file.stat().st_size for file in SITE.rglob("*") if file.is_file())
    print(f"build/site/index.html: {len(list(SITE.rglob('*.html')))} pages, {size / 1e6:.1f} MB")
    return int(bool(fetched))


def remote(site: Path) -> list[str]:
    """What any page or style of the site would load from another place."""
    return [
        f"{file.relative_to(site)}: {hit[0][:120]}"
        for file in sorted((*site.rglob("*.html"), *site.rglob("*.css")))
        for hit in FETCHED.finditer(file.read_text(encoding="utf-8"))
    ]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
