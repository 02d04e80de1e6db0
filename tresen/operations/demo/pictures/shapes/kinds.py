"""What a drawable kind of thing is."""

from collections.abc import Callable
from dataclasses import dataclass

from tresen.operations.demo.goods_types import LocalizedText
from tresen.operations.demo.pictures.canvas import Parts
from tresen.operations.demo.pictures.solids import Look


@dataclass(frozen=True, slots=True)
class Kind:
    """How a thing is drawn, what it is called, whether it lies flat and how large it appears."""

    draw: Callable[[Look], Parts]
    name: LocalizedText
    lying: bool
    size: float


def kind(
    draw: Callable[[Look], Parts], de: str, en: str, *, lying: bool = False, size: float = 1.0
) -> Kind:
    return Kind(draw=draw, name=LocalizedText(de=de, en=en), lying=lying, size=size)
