"""Length is demanded of a passphrase, and that it is not one that everyone tries first."""

import pytest

from ketachart.storage.passphrase import passphrase_fault


@pytest.mark.parametrize(
    "text",
    [
        "seven lanterns by the quay",
        "fünf Störche im März",
        "海辺の七つの提灯と古い時計と猫がいる",
        "x" * 5 + "lighthouse2q7mvn",
        "1234 swallows over 5 barns",
    ],
)
def test_a_few_unrelated_words_are_welcome(text):
    assert passphrase_fault(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "fourteen chars",
        "aaaaaaaaaaaaaaaaaaaa",
        "abababababababababab",
        "lamplamplamplamplamp",
        "Password Password",
        "correct horse battery staple",
        "Correct-Horse-Battery-Staple!",
        "123456789012345678",
        "abcdefghijklmnopqrs",
        "zyxwvutsrqponmlkj",
        "qwertyuiopasdfghjkl",
        "1111 1111 1111 1111",
        "LanternlanternLANTERN",
        "".join(chr(0x4E00 + number) for number in range(257)),
    ],
)
def test_what_is_guessed_first_is_refused_with_a_reason(text):
    assert str(passphrase_fault(text)).endswith(".")


def test_length_is_counted_after_normalising():
    as_typed, longer = "ﬃﬁﬂﬀ kelp 7", 16  # NFKC writes the first four as nine letters
    assert len(as_typed) == 11 < longer
    assert passphrase_fault(as_typed) is None
    assert passphrase_fault("e\u0301" * 7 + "lamp") is not None  # 18 typed, 11 after
