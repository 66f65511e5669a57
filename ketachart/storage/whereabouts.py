"""Where a ledger had better not lie: on a network, on a stick, or in a folder that is copied about.

A file system that answers before the disk has kept what was written, or a program that puts an
older file back, loses what was charted (storage.md, section 3.3; sqlite.org/howtocorrupt.html).
"""

from pathlib import Path
from typing import Final

from ketachart.storage.stick import file_system

_NETWORK: Final = {
    "nfs", "nfs4", "cifs", "smb", "smbfs", "smb2", "smb3", "afpfs", "webdav", "davfs", "fuse.davfs",
    "sshfs", "fuse.sshfs", "9p", "ncpfs", "fuse.rclone", "fuse.gvfsd-fuse",
}  # fmt: skip
_STICK: Final = {"vfat", "msdos", "fat", "fat16", "fat32", "exfat"}
_SYNCED: Final = (
    "onedrive", "dropbox", "icloud", "mobile documents", "google drive", "googledrive", "my drive",
    "nextcloud", "syncthing", "box sync",
)  # fmt: skip

_ON_NETWORK: Final = (
    "The ledger lies on a network drive. Everything shown as saved was written there, but a "
    "network can lose it: move the folder to the laptop's own disk."
)
_ON_STICK: Final = (
    "The ledger lies on a stick or a card. What is pulled out while it is written is lost: move "
    "the folder to the laptop's own disk, and keep backups on the stick."
)
_IN_SYNC: Final = (
    "The ledger lies in a folder that “{name}” copies elsewhere. Such a program can put an older "
    "ledger back over a newer one: move the folder out of it, and make backups instead."
)


def warning(folder: Path) -> str:
    """What is to be said against the folder, in a sentence; empty where nothing is known.

    Asks the system, which may take its time: from a worker.
    """
    for part in folder.resolve().parts:
        if part.casefold().startswith(_SYNCED):
            return _IN_SYNC.format(name=part)
    found = file_system(folder)
    if found in _NETWORK:
        return _ON_NETWORK
    return _ON_STICK if found in _STICK else ""
