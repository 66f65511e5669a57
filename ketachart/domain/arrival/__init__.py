"""At the door: kit, home, clocks and times of the visit."""
