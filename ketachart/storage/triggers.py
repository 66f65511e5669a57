"""What the tables refuse by themselves, whoever asks: a change of anything that is written.

The one thing that may go is the content of a signed visit that left the laptop, and only after an
entry that says so: then its entries stay in their places with their hashes (``departure.py``).
"""

from collections.abc import Mapping

_GUARDED = {("entry", "UPDATE"), ("document", "DELETE"), ("body", "DELETE"), ("spare", "DELETE")}
"""Acts with a trigger of their own, which lets only a departure pass."""


def _never(table: str, act: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table}\n"
        f"BEGIN SELECT RAISE(ABORT, '{table}: what is written stays as it is'); END"
    )


# A delete trigger does not fire for INSERT OR REPLACE on a plain connection, so each table also
# refuses every row that is not the next one (storage.md, section 4).
TRIGGERS: Mapping[str, str] = {
    "entry_next_and_new": """CREATE TRIGGER entry_next_and_new BEFORE INSERT ON entry
WHEN new.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entry)
  OR new.number IS NOT
    (SELECT coalesce(max(number), 0) + 1 FROM entry WHERE stream = new.stream)
  OR EXISTS (SELECT 1 FROM entry WHERE entry_id = new.entry_id)
BEGIN SELECT RAISE(ABORT, 'entry: only the next one, and only once'); END""",
    "entry_not_after_signing": """CREATE TRIGGER entry_not_after_signing BEFORE INSERT ON entry
WHEN new.kind NOT IN ('report-signed', 'addendum-written')
  AND EXISTS (SELECT 1 FROM entry WHERE stream = new.stream AND kind = 'visit-signed')
BEGIN SELECT RAISE(ABORT, 'entry: this visit is signed; write an addendum'); END""",
    "entry_not_after_leaving": """CREATE TRIGGER entry_not_after_leaving BEFORE INSERT ON entry
WHEN new.gone IS NOT NULL
  OR new.stream NOT LIKE 'post:%' AND EXISTS (SELECT 1 FROM departed WHERE stream = new.stream)
BEGIN SELECT RAISE(ABORT, 'entry: this visit left the laptop'); END""",
    "entry_no_update": """CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry
WHEN (
  old.gone IS NULL AND new.gone IS NOT NULL AND new.body = '{}' AND new.body_in IS NULL
  AND old.seq < (SELECT seq FROM entry WHERE entry_id = new.gone)
  AND (old.seq, old.stream, old.number, old.entry_id, old.kind, old.version, old.author, old.at,
       old.recorded_at, old.elapsed_ms, old.session, old.supersedes, old.chain, old.link)
   IS (new.seq, new.stream, new.number, new.entry_id, new.kind, new.version, new.author, new.at,
       new.recorded_at, new.elapsed_ms, new.session, new.supersedes, new.chain, new.link)
  AND (new.gone IS (SELECT by FROM departed WHERE stream = old.stream)
    OR old.kind = 'visit-planned' AND new.gone IN (SELECT by FROM departed))
) IS NOT TRUE
BEGIN SELECT RAISE(ABORT, 'entry: what is written stays as it is'); END""",
    # Before its content goes: the visit must be signed, and an entry must say that it left.
    "departed_told": """CREATE TRIGGER departed_told BEFORE INSERT ON departed
WHEN EXISTS (SELECT 1 FROM departed WHERE stream = new.stream)
  OR NOT EXISTS (
    SELECT 1 FROM entry AS told JOIN entry AS signed
      ON signed.stream = json_extract(told.body, '$.stream') AND signed.kind = 'visit-signed'
    WHERE told.entry_id = new.by AND told.kind = 'visit-left' AND told.body_in IS NULL
      AND new.stream IN (signed.stream, 'post:' || signed.stream))
BEGIN SELECT RAISE(ABORT, 'departed: no entry says that this visit left'); END""",
    **{
        f"{table}_new": f"""CREATE TRIGGER {table}_new BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE sha256 = new.sha256)
BEGIN SELECT RAISE(ABORT, '{table}: this one is kept already'); END"""  # noqa: S608 - a name of ours
        for table in ("body", "spare")
    },
    **{
        f"{table}_no_delete": f"""CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
WHEN EXISTS (SELECT 1 FROM entry WHERE body_in = old.sha256)
BEGIN SELECT RAISE(ABORT, '{table}: an entry still needs it'); END"""  # noqa: S608 - a name of ours
        for table in ("body", "spare")
    },
    "document_no_delete": """CREATE TRIGGER document_no_delete BEFORE DELETE ON document
WHEN NOT EXISTS (SELECT 1 FROM departed WHERE stream = old.stream)
BEGIN SELECT RAISE(ABORT, 'document: what is written stays as it is'); END""",
    "document_new": """CREATE TRIGGER document_new BEFORE INSERT ON document
WHEN EXISTS (SELECT 1 FROM document WHERE sha256 = new.sha256)
BEGIN SELECT RAISE(ABORT, 'document: this one is kept already'); END""",
    "credential_next": """CREATE TRIGGER credential_next BEFORE INSERT ON credential
WHEN new.serial IS NOT (SELECT coalesce(max(serial), 0) + 1 FROM credential)
BEGIN SELECT RAISE(ABORT, 'credential: only the next one'); END""",
    "meta_new": """CREATE TRIGGER meta_new BEFORE INSERT ON meta
WHEN EXISTS (SELECT 1 FROM meta WHERE key = new.key)
BEGIN SELECT RAISE(ABORT, 'meta: what is written stays as it is'); END""",
    **{
        f"{table}_no_{act.lower()}": _never(table, act)
        for table in ("entry", "document", "credential", "meta", "body", "spare", "departed")
        for act in ("UPDATE", "DELETE")
        if (table, act) not in _GUARDED
    },
}
