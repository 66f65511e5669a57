"""From new data to the painted timeline, with few readings and with very many."""

import time

SETS = (13, 100, 1000)  # of five readings each: a usual visit, 500 points, 5,000 points


def timelines():
    """The timeline of a visit with so many sets of readings in a hundred minutes, for each."""
    from ketachart.timeline.lanes import timeline_of
    from tests.timeline.test_lanes import told

    found = []
    for sets in SETS:
        story = told().start_pump(0, "8.6")
        for number in range(sets):
            story.vitals(
                number * 100 / sets, systolic=120 + number % 9, diastolic=70 + number % 5,
                heart_rate=70 + number % 13, spo2=95 + number % 4, pain=number % 3,
            )  # fmt: skip
        found.append(timeline_of(story.visit(), story.at(101)))
    return found


def painted(timeline):
    """A plot on the screen, and what draws and paints it anew; answers how long that took."""
    from ui import app as start
    from ui.widgets.timeline_plot import TimelinePlot

    app = start.application()
    plot = TimelinePlot()
    plot.resize(800, 420)
    plot.show_timeline(timeline)
    plot.show()
    app.processEvents()  # only what is on the screen is painted

    def redraw():
        begin = time.perf_counter()
        plot.show_timeline(timeline)
        plot.plot().repaint()
        return time.perf_counter() - begin

    return redraw
