"""A ledger on a network, on a stick or in a folder that is copied about is warned of."""

from pathlib import Path

import pytest

from ketachart.storage import whereabouts


@pytest.mark.parametrize(
    ("folder", "system", "said"),
    [
        ("/home/ja/ketachart", "ext4", ""),
        ("/home/ja/ketachart", "", ""),
        ("/home/ja/ketachart", "nfs4", "network drive"),
        ("/home/ja/ketachart", "cifs", "network drive"),
        ("/media/stick/ketachart", "exfat", "stick or a card"),
        ("/media/stick/ketachart", "vfat", "stick or a card"),
        ("/home/ja/OneDrive - Clinic/ketachart", "ntfs", "“OneDrive - Clinic” copies elsewhere"),
        ("/home/ja/Dropbox/ketachart", "ext4", "“Dropbox” copies elsewhere"),
        ("/Users/ja/Library/Mobile Documents/ketachart", "apfs", "copies elsewhere"),
        ("/home/ja/my dropbox notes", "ext4", ""),
    ],
)
def test_it_is_told_from_the_file_system_and_the_folders_names(monkeypatch, folder, system, said):
    monkeypatch.setattr(whereabouts, "file_system", lambda _folder: system)
    words = whereabouts.warning(Path(folder))
    assert said in words
    assert bool(words) is bool(said)
