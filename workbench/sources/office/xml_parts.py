"""XML out of untrusted files: no entities, no network, no DTD, no end of depth."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from workbench.errors import DamagedPartError, UnreadableSourceError


def parse_xml(data: bytes, name: str) -> Any:
    """The root element of an XML part. Raises DamagedPartError for what is not well formed, UnreadableSourceError for
    what is nested too deep.

    libxml2's own limits (depth 256, text of 10 MB) stay on, and entities are not expanded, so neither nesting nor
    entity bombs go off.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        hint = "open it in an Office program and save it again"
        if "depth" in str(error):
            raise UnreadableSourceError(name, "nests its parts too deep", hint) from error
        raise DamagedPartError(name, "is damaged: a part of it is not valid XML", hint) from error
    if root is None:
        raise DamagedPartError(name, "is damaged: a part of it is empty", "fetch it again")
    return root


def local_name(element: Any) -> str:
    """The element's name without its name space; "" for entities and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children_named(element: Any, name: str, within: Collection[str]) -> Iterator[Any]:
    """The children of this name, those in elements named in `within` too, which only group them."""
    for child in element:
        kind = local_name(child)
        if kind == name:
            yield child
        elif kind in within:
            yield from children_named(child, name, within)


def attribute(element: Any, name: str, default: str = "") -> str:
    """The attribute of this local name, in whichever name space (transitional and strict files differ)."""
    for key, value in element.attrib.items():
        if key == name or key.endswith("}" + name):
            return str(value)
    return default


def whole_number(text: str, default: int) -> int:
    """`text` as a number from 0 to a million, `default` where it is none."""
    return min(int(text), 1_000_000) if text.isascii() and text.isdigit() and len(text) < 12 else default
