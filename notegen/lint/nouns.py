"""Words for things that are sold, so that a boat is not taken for a bicycle; and who makes them."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_KINDS: Final = """
vehicle: car truck suv van minivan wagon pickup sedan hatchback coupe convertible vehicle crossover
bicycle: bike bicycle tandem e-bike
motorcycle: motorcycle motorbike bike scooter
boat: boat sailboat dinghy canoe kayak skiff yacht
home: house home flat apartment condo cottage bungalow cabin townhouse
camper: camper caravan motorhome rv
piano: piano
guitar: guitar
strings: violin viola cello
wind: flute clarinet trumpet saxophone
drums: drum
seat: sofa couch settee sectional loveseat
armchair: armchair recliner
table: table
desk: desk
bed: bed mattress
wardrobe: wardrobe dresser
bookcase: bookcase bookshelf
ring: ring
necklace: necklace pendant
bracelet: bracelet
earrings: earring
brooch: brooch
watch: watch
fridge: fridge refrigerator
freezer: freezer
dishwasher: dishwasher
washer: washer
dryer: dryer
stove: stove oven range cooker
roof: roof
kitchen: kitchen
bathroom: bathroom
deck: deck
fence: fence
camera: camera
telescope: telescope
laptop: laptop
tractor: tractor
mower: mower
trailer: trailer
coat: coat jacket
suit: suit tuxedo
dress: dress gown
rug: rug carpet
quilt: quilt
painting: painting
cake: cake
puppy: puppy dog
kitten: kitten cat
"""
_MAKES: Final = """
vehicle: acura audi bmw buick cadillac chevrolet chevy chrysler dodge fiat ford gmc honda hyundai infiniti jaguar jeep
vehicle: kia lexus lincoln mazda mercedes mercedes-benz mini mitsubishi nissan porsche ram renault peugeot skoda subaru
vehicle: tesla toyota vauxhall volkswagen vw volvo
motorcycle: ducati harley harley-davidson kawasaki triumph vespa aprilia
bicycle: brompton bianchi cannondale raleigh schwinn specialized surly trek
piano: steinway bosendorfer bechstein baldwin kawai
guitar: fender gibson taylor martin ibanez gretsch
fridge: whirlpool bosch miele maytag frigidaire
tractor: deere kubota husqvarna stihl
camera: nikon leica pentax hasselblad
: yamaha suzuki samsung lg sony canon
"""

GROUPS: Final[dict[str, frozenset[str]]] = {
    kind: frozenset(words.split()) | {f"{word}s" for word in words.split()}
    for kind, words in (line.split(":") for line in _KINDS.strip().splitlines())
}
"""The words for one kind of thing, in the singular and the plural."""
GROUP_OF: Final[dict[str, tuple[str, ...]]] = {
    word: tuple(kind for kind, words in GROUPS.items() if word in words) for words in GROUPS.values() for word in words
}
MAKES: Final[dict[str, str]] = {
    make: kind for kind, makes in (line.split(":") for line in _MAKES.strip().splitlines()) for make in makes.split()
}
"""Who makes things, and of which kind; empty for those who make many kinds."""

_ODD: Final = {"children": "child", "kids": "child", "kid": "child", "people": "person", "geese": "goose", "men": "man"}


@lru_cache(maxsize=8192)
def stem(noun: str) -> str:
    """Return a noun's singular, roughly, and one word for children and kids."""
    if noun in _ODD:
        return _ODD[noun]
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "xes", "sses")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") and len(noun) > 3 else noun
