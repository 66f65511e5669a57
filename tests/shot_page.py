"""The page with all pictures: dim like the window, changed ones first, filters without a server."""

from html import escape

STYLE = """
body{font:16px/1.4 sans-serif;background:#141210;color:#cfc6ba;margin:16px}
a{color:inherit}h1{font-size:20px}h2{font-size:16px;margin:28px 0 4px}
nav{position:sticky;top:0;background:#141210;padding:8px 0;z-index:1}
button,input{font:inherit;color:inherit;background:#221e1a}
button,input{border:1px solid #4a4238;padding:6px 12px;margin:2px}
button[aria-pressed=true]{background:#5a4526}
figure{display:inline-block;width:31%;margin:6px;vertical-align:top}
img{width:100%;border:1px solid #332c25}.bad img{border:3px solid #c060c0}
figcaption{font-size:13px}pre{white-space:pre-wrap;font-size:13px;color:#e0a080}
"""
SCRIPT = """
const chosen = {}, all = (what, inside = document) => [...inside.querySelectorAll(what)]
const field = document.querySelector('input')
function show() {
  for (const f of all('figure'))
    f.hidden = Object.entries(chosen).some(([k, v]) => v.size && !v.has(f.dataset[k]))
  for (const s of all('section')) {
    const seen = all('figure', s).some(f => !f.hidden) || s.querySelector('h2 + pre')
    s.hidden = !s.id.includes(field.value.toLowerCase()) || !seen
  }
}
for (const b of all('button')) b.onclick = () => {
  const { key, value } = b.dataset, set = chosen[key] ??= new Set()
  set.has(value) ? set.delete(value) : set.add(value)
  b.setAttribute('aria-pressed', set.has(value))
  show()
}
field.oninput = show
"""
FILTERS = ("theme", "scale", "size", "language", "state")


def state_of(picture):
    """What there is to be looked at: cut, changed, new, or the same as the accepted one."""
    if picture["cut"]:
        return "cut"
    if picture.get("faint"):
        return "faint"
    if picture["changed"]:
        return "changed"
    return "new" if picture["new"] else "same"


def page(told):
    """The page in HTML for what every scene told."""
    order = {"cut": 0, "faint": 1, "changed": 2, "new": 3, "same": 4}

    def place(scene):
        worst = min((order[state_of(p)] for p in scene["pictures"]), default=0)
        return (not scene["failed"], worst, scene["room"], scene["name"])

    pictures = [picture for scene in told for picture in scene["pictures"]]
    sections = "".join(_section(scene) for scene in sorted(told, key=place))
    return (
        f"<!doctype html><meta charset=utf-8><title>KetaChart, pictures</title>"
        f"<style>{STYLE}</style><h1>{escape(summary(told))}</h1>"
        f"<nav><input placeholder='part of a name' aria-label='Part of a name'>"
        f"{''.join(_filter(key, pictures) for key in FILTERS)}</nav>{sections}"
        f"<script>{SCRIPT}</script>"
    )


def _value(picture, key):
    return state_of(picture) if key == "state" else str(picture[key])


def _filter(key, pictures):
    values = sorted({_value(picture, key) for picture in pictures})
    return " ".join(
        f"<button aria-pressed=false data-key={key} data-value='{escape(v)}'>{escape(v)}</button>"
        for v in values
    )


def _section(scene):
    figures = "".join(_figure(picture) for picture in scene["pictures"])
    failed = f"<pre>{escape(scene['failed'])}</pre>" if scene["failed"] else ""
    name = escape(f"{scene['name']} ({scene['room']})")
    return f"<section id='{escape(scene['name'])}'><h2>{name}</h2>{failed}{figures}</section>"


def _figure(picture):
    data = " ".join(f"data-{key}='{escape(_value(picture, key))}'" for key in FILTERS)
    state = state_of(picture)
    bad = "bad" if state in {"cut", "faint", "changed"} else ""
    shown, plain = escape(picture.get("marked", picture["file"])), escape(picture["file"])
    told = f"{state}, {picture['changed']} tiles" if picture["changed"] else state
    faults = [*picture["cut"], *picture.get("faint", ())]
    cut = f"<pre>{escape(chr(10).join(faults))}</pre>" if faults else ""
    return (
        f"<figure class='{bad}' {data}><a href='{plain}'><img loading=lazy src='{shown}'></a>"
        f"<figcaption>{plain}: {told}</figcaption>{cut}</figure>"
    )


def summary(told):
    """The counts, in one line."""
    states = [state_of(picture) for scene in told for picture in scene["pictures"]]
    failed = sum(bool(scene["failed"]) for scene in told)
    counts = ", ".join(
        f"{states.count(state)} {state}" for state in ("cut", "faint", "changed", "new", "same")
    )
    return f"{len(states)} pictures of {len(told)} scenes: {counts}; {failed} scenes failed"
