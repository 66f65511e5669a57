"""`facts`: the JSON Schema of every kind of fact, which is also the schema of a visit script."""

import argparse
import json
from typing import Any

from ketachart.domain.described import fact_schema, script_schema
from ketachart.domain.facts import FACTS, KINDS
from ketachart.errors import CannotRead


def add_to(commands: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Adds the command."""
    command = commands.add_parser(
        "facts", help="JSON Schema of every fact, and of a line of a visit script"
    )
    command.add_argument("kind", nargs="?", help="one kind only, for example vitals-taken")
    command.add_argument("--list", action="store_true", help="the kinds with one line each")
    command.add_argument(
        "--json", action="store_true", help="answer in JSON, as a schema always is; for --list"
    )
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Prints the schema, or the list of kinds."""
    if arguments.list:
        lines = {kind.KIND: (kind.__doc__ or "").splitlines()[0] for kind in FACTS}
        if arguments.json:
            print(json.dumps(lines, ensure_ascii=False, indent=1))
        else:
            print("".join(f"{kind:24} {line}\n" for kind, line in lines.items()), end="")
        return 0
    if arguments.kind is None:
        schema = script_schema()
    elif arguments.kind in KINDS:
        schema = fact_schema(KINDS[arguments.kind])
    else:
        raise CannotRead(f"There is no kind of fact named “{arguments.kind}”. See facts --list.")
    print(json.dumps(schema, ensure_ascii=False, indent=1))
    return 0
