"""Made-up patients for a ledger of many years: 20,000 of them, some with accents in their names."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

_GIVEN = (
    "Ana", "José", "Zoë", "Elena", "Søren", "Łucja", "François", "Beyoncé", "Anaïs", "Björn",
    "Chloë", "Renée", "Jürgen", "Siân", "Núria", "Iñés", "Mary", "John", "Ruth", "Paul",
    "Grace", "Omar", "Priya", "Wei", "Kofi", "Aiko", "Dmitri", "Fatima", "Noah", "Emma", "Liam",
    "Olivia", "Ava", "Ethan", "Mia", "Lucas", "Isla", "Leo", "Nora", "Ivan", "Rosa", "Hugo",
    "Vera", "Otto", "Ida", "Emil", "Ada", "Nina", "Tara", "Sami", "Lena"
)  # fmt: skip
_FAMILY = (
    "Ortega", "Muñoz", "García", "Núñez", "Peña", "Müller", "Weiß", "Åkesson", "Nuñez",
    "Łukasik", "Şahin", "Çelik", "Dvořák", "Nguyễn", "Smith", "Jones", "Brown", "Taylor",
    "Wilson", "Evans", "Walker", "Wright", "Green", "Hall", "Wood", "Clarke", "Hughes",
    "Edwards", "Hill", "Moore", "Scott", "Young", "King", "Baker", "Adams", "Campbell",
    "Mitchell", "Roberts", "Carter", "Phillips", "Parker", "Turner", "Collins", "Stewart",
    "Morris", "Murphy", "Cook", "Rogers", "Reed", "Bailey", "Cooper", "Kelly", "Howard", "Ward",
    "Cox", "Diaz", "Gray"
)  # fmt: skip
_STREETS = (
    "Palm Lane", "Mesquite Avenue", "Ocotillo Road", "Camelback Drive", "7th Street",
    "Roosevelt Row",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """One patient; a made-up one."""

    mrn: str
    given: str
    family: str
    born: date
    address: str


def people(many: int, seed: int = 1) -> tuple[Person, ...]:
    """So many patients, always the same ones."""
    chance = random.Random(seed)
    return tuple(_person(chance, 100_000 + place) for place in range(many))


def _person(chance: random.Random, number: int) -> Person:
    second = f"-{chance.choice(_FAMILY)}" if chance.random() < 0.6 else ""
    return Person(
        mrn=f"{number:06d}",
        given=chance.choice(_GIVEN),
        family=f"{chance.choice(_FAMILY)}{second}",
        born=date(1940, 1, 1) + timedelta(days=chance.randrange(24_000)),
        address=f"{chance.randrange(1, 9_900)} {chance.choice(_STREETS)}, Phoenix 85006",
    )
