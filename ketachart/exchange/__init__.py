"""Packages: what goes between the nurses' laptops and the clinic by USB stick, mail or share."""
