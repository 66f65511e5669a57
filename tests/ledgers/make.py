"""Makes the ledger that is kept of today's format: `.venv/bin/python tests/ledgers/make.py`.

A kept ledger is never edited and never made again once its format was released: it is what a
clinic's laptop holds, and every later KetaChart has to read it.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent.parent
sys.path.insert(0, str(ROOT))

STORY = "late_and_corrected"
FILES = ("ledger.db", "keyring.json", "keyring.json.bak")


def main():
    """Charts and signs the story, and keeps its ledger with what it folded to."""
    from ketachart.commands.player import PASSPHRASE, play
    from ketachart.domain.folded.whole import folded
    from ketachart.storage import schema
    from tests.helpers.stories import story_lines

    kept = FOLDER / f"version-{len(schema.MIGRATIONS)}"
    if kept.exists():
        raise SystemExit(f"{kept.name} is kept already. A released format is not made again.")
    with tempfile.TemporaryDirectory() as place:
        made = Path(place) / "ledger"
        played = play(story_lines(STORY), made, strict=True)
        kept.mkdir()
        for name in FILES:
            shutil.copyfile(made / name, kept / name)
    nurse = played.visit.nurse
    told = {"passphrase": PASSPHRASE, "staff_id": nurse.staff_id, **record_of(folded(played.visit))}
    text = json.dumps(told, ensure_ascii=False, indent=1)
    (kept / "visit.json").write_text(text + "\n", encoding="utf-8")


def record_of(whole):
    """What a folded visit must always fold to: what was charted and given, whatever rules change.

    Alerts, findings and criteria are left out: a later rule may say more about an old visit.
    """
    infusion = whole["infusion"]
    totals = ("state", "started_at", "stopped_at", "total_mg", "infused_ml", "bolus_mg", "paused_s")
    return {
        "visit": whole["visit"],
        "patient": whole["patient"],
        "order": whole["order"],
        "infusion": {key: infusion[key] for key in totals},
        "balance": whole["balance"],
        "vitals": whole["vitals"],
        "signature": whole["signature"],
        "entries": whole["entries"],
        "head": whole["head"],
    }


if __name__ == "__main__":
    main()
