"""At the door: kit, home, clocks, times of the visit, and the last look before the start."""
