"""Pictures of the drug count: the blind count, its difference, vials that come and go."""

from datetime import timedelta

from tests.shot_stage import room


def _received(desk, *numbers, **told):
    from datetime import date

    from ketachart.domain import facts as f
    from ketachart.domain.quantities import MgPerMl, Ml

    values = {
        "strength_mg_per_ml": MgPerMl(10),
        "volume_ml": Ml(20),
        "lot": "4K21877",
        "expires": date(2028, 3, 31),
        "ndc": "42023-113-10",
        "from_whom": "R. Stone, pharmacist",
        **told,
    }
    desk.office.stock.record(
        *(
            f.VialReceived(at=desk.now() - timedelta(hours=8), vial=number, **values)
            for number in numbers
        )
    )


def with_vials(desk):
    from ketachart.domain.quantities import MgPerMl, Ml

    _received(desk, "55120", "55121", "55122")
    _received(desk, "88001", strength_mg_per_ml=MgPerMl(50), volume_ml=Ml(10), lot="9B0412")


def _to_stock(hand):
    hand.act("waste")


@room("stock-empty", visit=False)
def _stock_empty(hand):
    _to_stock(hand)


@room("stock-blind", visit=False, ready=with_vials)
def _stock_blind(hand):
    _to_stock(hand)
    hand.act("waste")
    hand.take("Which count: Start of day", "Lot 1: strength: 10 mg/mL")
    hand.write("Lot 1: lot", "4K21877")
    hand.write("Lot 1: vials", "1")
    hand.write("Lot 1: in opened", "165.8")


@room("stock-difference", visit=False, ready=with_vials)
def _stock_difference(hand):
    _stock_blind(hand)
    hand.key("Ctrl+Return")


@room("stock-custody", visit=False, ready=with_vials)
def _stock_custody(hand):
    _to_stock(hand)
    hand.act("show-all")


@room("stock-receive", visit=False, ready=with_vials)
def _stock_receive(hand):
    _to_stock(hand)
    hand.act("receive")


@room("stock-move", visit=False, ready=with_vials)
def _stock_move(hand):
    _to_stock(hand)
    hand.act("move")
    hand.take("From where: Safe")


@room("stock-lost", visit=False, ready=with_vials)
def _stock_lost(hand):
    _to_stock(hand)
    hand.act("lost")
