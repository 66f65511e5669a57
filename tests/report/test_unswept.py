"""While a report is made nothing is swept up, and afterwards everything is as it was."""

import gc

import pytest

from ketachart.report.unswept import unswept


def test_the_last_one_out_begins_to_sweep_again():
    assert gc.isenabled()
    with unswept():
        with unswept():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_ends_with_whatever_goes_wrong():
    with pytest.raises(ValueError, match="a letter is lacking"), unswept():
        raise ValueError("a letter is lacking")
    assert gc.isenabled()


def test_who_sweeps_by_hand_goes_on_doing_so():
    gc.disable()
    try:
        with unswept():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
