"""Packages between laptops and clinic, the clinic's card, and what each of them holds."""

import atexit
import json
import shutil
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

from ketachart.charting import joining
from ketachart.charting.post_items import fact_in
from ketachart.domain.canonical import canonical
from ketachart.exchange import boxed, card, envelope, package
from ketachart.exchange.boxed import LIST
from ketachart.exchange.items import Item
from ketachart.exchange.package import SIGNATURE, Address, Parcel
from ketachart.exchange.people import SIGNED, signer_of, trusted_of
from ketachart.report.credential import open_credential
from tests.fuzz.target import Target, memory
from tests.helpers.command import story_text
from tests.report.signed_reports import SECRET, SIGNED_AT, clinic, nurse, root_of

_HERE = Address(ledger="laptop", key=envelope.make_key().public)
_KEY = envelope.make_key()
_THERE = Address(ledger="clinic", key=_KEY.public)
_QUESTION = {
    "stream": "visit-1",
    "fact": "question-asked",
    "version": 1,
    "body": {
        "item": "q1",
        "report": 1,
        "sha256": "ab" * 32,
        "words": "Was it 28?",
        "by": "Sue Perry, MD",
        "staff_id": "sp",
        "asked_at": "2026-03-01T15:00:00-05:00",
    },
    "paper": "",
}


@cache
def _package() -> bytes:
    items = (Item("q1", "question", canonical(_QUESTION).encode()), Item("r", "report", b"%PDF"))
    parcel = Parcel(items=items, id="p1", made_at=SIGNED_AT, sender=_HERE, recipient=_THERE)
    return parcel.signed(signer_of(nurse()))


@cache
def _trusted():
    return trusted_of((root_of().decode(),))


def _read(content: bytes) -> None:
    package.read(content, key=_KEY, ledger="clinic", trusted=_trusted(), here="the clinic")


@cache
def _files() -> dict[str, bytes]:
    opened = envelope.opened(_package(), _KEY, here="", whose={})
    return boxed.unboxed(opened)


def _inside(content: bytes) -> None:
    """Whoever writes it knows the clinic's public key, and nobody's private one."""
    _read(envelope.closed(content, to=_THERE.key, sender=_HERE.key))


def _list(content: bytes) -> None:
    """The nurse herself signed the list, whatever it says."""
    files = {**_files(), LIST: content, SIGNATURE: nurse().key.sign(content, SIGNED)}
    _inside(boxed.boxed(files))


@cache
def _facts() -> tuple[bytes, ...]:
    """A question and a plan, as a clinic sends them; ``item`` is their kind outside of them."""
    lines = [json.loads(line) for line in story_text("late_and_corrected")[:4]]
    told = {line.pop("kind"): line for line in lines}
    body = {"item": "p1", "day": "2026-12-01"}
    body |= {part: told[f"{part}-recorded"] for part in ("patient", "order")}
    plan = {"stream": "", "fact": "visit-planned", "version": 1, "body": body, "paper": ""}
    question = {**_QUESTION, "item": "question"}
    return tuple(json.dumps(each).encode() for each in (question, {**plan, "item": "plan"}))


def _fact(content: bytes) -> None:
    told = json.loads(_text_of(content))
    kind = told.get("item") if isinstance(told, dict) else None
    fact_in(Item("x-1", kind if isinstance(kind, str) else "question", content), SIGNED_AT)


def _text_of(content: bytes) -> str:
    """The item's kind is outside of its content: where that is no JSON, any will do."""
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return "{}"
    return content.decode("utf-8", "replace") if content[:1] == b"{" else "{}"


# ------------------------------------------------ two whole ledgers


@cache
def _world():
    """A clinic and a laptop that joined it; a signed visit came, and a question goes back."""
    from tests.charting.test_room import PASSPHRASE
    from tests.helpers.two_ledgers import found_clinic, granted, joined, packed, signed_visit

    folder = Path(tempfile.mkdtemp(prefix="fuzz-world-", dir=memory()))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    there = found_clinic(folder / "clinic")
    made = there.post.card().work(PASSPHRASE).content
    laptop = joined(folder / "laptop", made)
    granted(there, laptop)
    visit = signed_visit(laptop)
    there.post.take(packed(laptop))
    there.supervision.ask(visit.stream, "Was it 28?")
    whom = next(one for one in there.post.correspondents())
    task = there.post.packing(whom.ledger)
    return there, laptop, made, task


@cache
def _card() -> bytes:
    return _world()[2]


@cache
def _card_items() -> tuple[bytes, ...]:
    return tuple(item.content for item in card.read(_card()).items)


def _signed_card(content: bytes) -> None:
    """A card that its clinic signed, with one fact in it that is like no other."""
    authority = open_credential(clinic().pkcs12, SECRET)
    read = card.read(_card())
    for place in range(len(read.items)):
        items = [*read.items]
        items[place] = replace(items[place], content=content)
        made = card.written(
            tuple(items), authority, card="c-1", made_at=read.made_at, clinic=read.clinic
        )
        joining.read_card(made)


@cache
def _items() -> tuple[bytes, ...]:
    return tuple(item.content for item in _world()[3].parcel.items if item.content[:1] == b"{")


def _taken(content: bytes) -> None:
    """The clinic's own supervisor signed it, whatever it is; the laptop keeps what it brings."""
    from tests.charting.test_room import PASSPHRASE

    _there, laptop, _made, task = _world()
    items = list(task.parcel.items)
    kinds = dict.fromkeys(item.kind for item in items)
    changed = [replace(next(i for i in items if i.kind == k), content=content) for k in kinds]
    parcel = replace(task.parcel, items=tuple(changed))
    made = _with_key(task, PASSPHRASE, parcel)
    taken = laptop.post.take(made)
    assert taken is not None
    for row in laptop.visits():
        laptop.post.threads(row.stream)
        laptop.post.standing(row.stream)


@cache
def _opened_key(passphrase: str):
    return open_key(_world()[3], passphrase)


def open_key(task, passphrase):
    """The supervisor's key, left open: to open it a thousand times takes long."""
    return task.key.opened(passphrase).__enter__()


def _with_key(_task, passphrase: str, parcel: Parcel) -> bytes:
    return parcel.signed(signer_of(_opened_key(passphrase)))


TARGETS = (
    Target(name="package", form="bytes", seeds=lambda: (_package(),), door=_read),
    Target(
        name="package, unpacked",
        form="bytes",
        seeds=lambda: (boxed.boxed(_files()),),
        door=_inside,
        in_suite=25,
    ),
    Target(
        name="package, signed list",
        form="json",
        seeds=lambda: (_files()[LIST],),
        door=_list,
        in_suite=25,
    ),
    Target(
        name="fact in a package",
        form="json",
        seeds=_facts,
        door=_fact,
        in_suite=30,
    ),
    Target(
        name="clinic's card",
        form="bytes",
        seeds=lambda: (_card(),),
        door=joining.read_card,
        in_suite=0,
    ),
    Target(
        name="clinic's card, signed", form="json", seeds=_card_items, door=_signed_card, in_suite=0
    ),
    Target(name="package, taken in", form="json", seeds=_items, door=_taken, in_suite=0),
)
