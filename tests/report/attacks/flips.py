"""Which bytes of a signed report to damage: everywhere, and densely where no signature looks."""

import random
import re
from collections import Counter

from ketachart.report.verify import verify
from ketachart.report.verify_bytes import find_signatures
from tests.report.signed_reports import root_of

PATTERNS = (0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xFF, 0x30)
"""What a byte is changed by: each bit alone, all of them, and what makes a digit a control sign."""

_LANDMARKS = {
    "range": rb"/ByteRange \[[0-9 ]+\] *",
    "table": rb"xref\n.*?trailer",
    "trailer": rb"trailer.*?%%EOF\n?",
    "attached": rb"/Type /EmbeddedFile.*?endstream",
    "metadata": rb"<\?xpacket.*?<\?xpacket end[^>]*>",
    "signature's words": rb"/Type /Sig\n.*?endobj",
}


def regions(pdf):
    """The places of each part of the file, by its name; a place may be in several."""
    found = {}
    for number, one in enumerate(find_signatures(pdf)[0], start=1):
        used = one.gap + 1 + 2 * (4 + int.from_bytes(one.blob[2:4], "big"))
        found[f"signature {number}"] = range(one.gap + 1, used)
        found[f"padding {number}"] = range(used, one.resumes - 1)
        found[f"brackets {number}"] = (one.gap, one.resumes - 1)
    for name, pattern in _LANDMARKS.items():
        places = [
            place for each in re.finditer(pattern, pdf, re.DOTALL) for place in range(*each.span())
        ]
        found[name] = places
    found["header"] = range(32)
    found["end"] = range(len(pdf) - 32, len(pdf))
    found["anywhere"] = range(len(pdf))
    return found


def sampled(pdf, count, seed):
    """So many distinct places, each part of the file getting its share, and what changes each."""
    chance = random.Random(seed)
    parts = regions(pdf)
    chosen, left = {}, dict.fromkeys(parts, True)
    queues = {name: chance.sample(list(places), min(len(places), count))
              for name, places in parts.items()}  # fmt: skip
    while len(chosen) < count and any(queues.values()):
        for name in left:
            while queues[name]:
                place = queues[name].pop()
                if place not in chosen:
                    chosen[place] = (name, chance.choice(PATTERNS))
                    break
    return dict(list(chosen.items())[:count])


def flipped(pdf, count, seed):
    """How many flips were refused, by the first fault named; and those that were not."""
    named, passed = Counter(), []
    for place, (part, pattern) in sampled(pdf, count, seed).items():
        changed = bytearray(pdf)
        changed[place] ^= pattern
        verdict = verify(bytes(changed), trust_pem=root_of())
        if verdict.good or verdict.trusted:
            passed.append((place, part, pattern))
        else:
            named[verdict.faults[0].code] += 1
    return named, passed
