"""Pictures of the post: packages, what came in, questions and planned visits."""

from datetime import timedelta

from tests.shot_stage import Hand, wait_for_workers, window_on

SCENES = []


def scene(name, ledger="laptop", staff_id="ja"):
    """Makes the function a picture of this name, on a copy of one of the world's ledgers."""

    def enter(play):
        SCENES.append((name, ledger, staff_id, play))
        return play

    return enter


def takes():
    """Each picture by its name, and how it is taken."""
    for name, ledger, staff_id, play in SCENES:

        def take(app, camera, told=(ledger, staff_id, play)):
            from tests.helpers.post_window import desk_of

            ledger, staff_id, play = told
            with camera.place() as folder:
                desk = desk_of(folder, ledger, staff_id, later=timedelta(hours=1))
                with window_on(app, desk) as window:
                    hand = Hand(window, desk, lambda: wait_for_workers(app, desk))
                    play(hand, folder)
                    hand.rest()
                    camera(window)

        yield name, take


def _take(hand, *names):
    from tests.helpers.post_window import world

    for name in names:
        hand.desk.mail(lambda desk, name=name: desk.take(world().files[name]))


def _post(hand):
    hand.window.show_screen("post")
    hand.rest()


@scene("post-waits")
def _waits(hand, _folder):
    _post(hand)


@scene("post-taken")
def _taken(hand, folder):
    from tests.helpers.post_window import world

    _post(hand)
    stick = folder / "stick"
    for name in ("report", "receipt", "questions"):
        world().file(name, stick)
    hand.window.screen_shown.taking.take(stick)


@scene("post-clinic", "clinic", "sp")
def _clinic(hand, folder):
    from tests.helpers.post_window import world

    _post(hand)
    hand.window.screen_shown.taking.take(world().file("report", folder / "stick"))


@scene("post-day")
def _day(hand, _folder):
    from tests.helpers.post_window import plan, planned

    _take(hand, "questions")
    planned(hand.desk, plan())
    hand.window.show_screen("day")


@scene("post-plan")
def _plan(hand, _folder):
    from tests.helpers.post_window import plan, planned

    planned(hand.desk, plan())
    hand.window.show_screen("day")
    hand.window.screen_shown._list.choose("#plan#p1")
    hand.act("primary")


@scene("post-questions")
def _questions(hand, _folder):
    from tests.helpers.post_window import world

    _take(hand, "questions")
    hand.desk.open_visit(world().stream)


@scene("post-answer")
def _answer(hand, folder):
    _questions(hand, folder)
    hand.act("answer-question")
    hand.write("Your answer", "It was 82, typed wrong.")


def _plan_form(hand):
    """The clinic's plan, all of it filled in."""
    from tests.helpers.post_window import plan

    asked = plan()
    form = hand.window.show_screen("plan-visit")
    form._wanted.day.set_text(asked.day.isoformat())
    form._wanted.nurse.choose("ja")
    form._wanted.note.set_text(asked.note)
    form._patient.show_planned(asked.patient, "the clinic")
    form._patient.allergies.asked.choose("none")
    form._order.show_record(asked.order)
    return form


@scene("planning-empty", "clinic", "sp")
def _planning_empty(hand, _folder):
    hand.act("plan-visit")


@scene("planning-full", "clinic", "sp")
def _planning_full(hand, _folder):
    _plan_form(hand)


@scene("planning-refused", "clinic", "sp")
def _planning_refused(hand, _folder):
    _plan_form(hand)._wanted.day.set_text("2 Jan 2020")
    hand.act("primary")


@scene("planning-kept", "clinic", "sp")
def _planning_kept(hand, _folder):
    from dataclasses import replace

    from tests.helpers.post_window import plan
    from tests.helpers.two_ledgers import packed

    other = replace(plan().patient, mrn="005200", family_name="Castellanos-Vandenberghe")
    asked = replace(plan(), item="p2", patient=other)
    hand.desk.mail(lambda post: post.plan(asked))
    gone = replace(plan(), item="p3", patient=replace(other, mrn="7", family_name="Lee"))
    hand.desk.mail(lambda post: post.plan(gone))
    packed(hand.desk.office)
    hand.desk.mail(lambda post: post.take_back_plan("p3"))
    _plan_form(hand)
    hand.act("primary")


@scene("planning-change", "clinic", "sp")
def _planning_change(hand, _folder):
    from tests.helpers.post_window import plan

    hand.desk.mail(lambda post: post.plan(plan()))
    hand.window.show_screen("plan-visit").change(hand.desk.post.planned()[0])


@scene("planning-taken-back")
def _planning_taken_back(hand, _folder):
    from dataclasses import replace

    from tests.helpers.post_window import plan

    asked = plan()
    hand.desk.office.register(asked, replace(asked, edition=2, withdrawn=True))
    hand.window.show_screen("day")
    hand.window.screen_shown._list.choose("#plan#p1")
    hand.act("primary")
