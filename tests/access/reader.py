"""A screen reader's hands and ears on the real program, told line by line from a test.

It runs under the system's own Python, which has the library that screen readers use. It starts
the program, and answers each line of JSON on its standard input with one on its standard output.
"""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402 - its version is chosen first

LONGEST_S = 60  # a machine that does much else takes long over a start
STATES = ("CHECKED", "EDITABLE", "ENABLED", "FOCUSABLE", "FOCUSED", "SHOWING")
heard = []


def waited(look, what):
    """What ``look`` answers as soon as it answers anything."""
    end = time.monotonic() + LONGEST_S
    while time.monotonic() < end:
        turn()
        answer = None
        with suppress(GLib.Error):  # what was being looked at is gone by now
            answer = look()
        if answer:
            return answer
        time.sleep(0.02)
    raise LookupError(f"never there: {what}")


def turn():
    """Hear what was said meanwhile."""
    context = GLib.MainContext.default()
    while context.iteration(may_block=False):
        pass


def application():
    """The program, once it has told the bus of itself."""
    desk = Atspi.get_desktop(0)
    for number in range(desk.get_child_count()):
        child = desk.get_child_at_index(number)
        if child is not None and child.get_name() == "KetaChart" and child.get_child_count():
            return child
    return None


def shown(node):
    """Whatever is in sight inside."""
    for number in range(node.get_child_count()):
        child = node.get_child_at_index(number)
        if child is None or not child.get_state_set().contains(Atspi.StateType.SHOWING):
            continue
        yield child
        yield from shown(child)


def found(app, name, role):
    """The first thing in sight that is so called and of this role, where one is told."""
    for node in shown(app):
        if node.get_name().startswith(name) and (not role or node.get_role_name() == role):
            return node
    return None


def told(node):
    """What is said of it."""
    states = node.get_state_set()
    line = {"name": node.get_name(), "role": node.get_role_name()}
    line["description"] = node.get_description()
    line["states"] = [s for s in STATES if states.contains(getattr(Atspi.StateType, s))]
    written = line["role"] in {"text", "label"}
    line["text"] = Atspi.Text.get_text(node, 0, -1) if written else ""
    return line


def does(app, line):
    """One line of what is to be done."""
    name, role = line["name"], line.get("role", "")
    if line["do"] == "hear":
        return waited(lambda: [h for h in heard if name in h[0]], f"said: {name}, but {heard}")[0]
    node = waited(lambda: found(app, name, role), f"{role} {name}")
    if line["do"] == "type":
        Atspi.EditableText.set_text_contents(node, line["text"])
    elif line["do"] == "press":
        enabled = Atspi.StateType.ENABLED
        waited(lambda: node.get_state_set().contains(enabled), f"open: {name}")
        Atspi.Action.do_action(node, 0)
    elif line["do"] == "focus":
        Atspi.Component.grab_focus(node)
    return waited(lambda: told(node), f"still there: {name}")


def hear(event):
    """One announcement: its words, and 2 where it breaks in on what is read, else 1."""
    heard.append([event.any_data, event.detail1])


def main():
    """Starts the program that is told by the command line, and does as the lines say."""
    launcher = [os.environ["A11Y_BUS"], "--launch-immediately"]
    bus = subprocess.Popen(launcher, stdout=sys.stderr, start_new_session=True)
    time.sleep(0.5)
    started = subprocess.Popen(sys.argv[1:], stdout=sys.stderr)
    try:
        listener = Atspi.EventListener.new(hear)
        listener.register("object:announcement")
        app = waited(application, "the program")
        for line in map(json.loads, sys.stdin):
            try:
                answer = does(app, line)
            except LookupError as missing:
                answer = {"missing": str(missing), "there": []}
                with suppress(GLib.Error):  # it may have ended
                    answer["there"] = sorted({n.get_name() for n in shown(app)})
            sys.stdout.write(json.dumps(answer) + "\n")
            sys.stdout.flush()
    finally:
        started.kill()
        os.killpg(bus.pid, signal.SIGKILL)  # it has started a bus of its own, which stays else


if __name__ == "__main__":
    main()
