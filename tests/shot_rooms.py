"""The names that scenes need, under the name that older scenes know."""

from tests.shot_stage import ROOMS, Hand, Room, room, window_on

__all__ = ["ROOMS", "Hand", "Room", "room", "window_on"]
