"""The XMP packet of a press file: what PDF/X-4 wants to read there, in agreement with the information dictionary.

Two of its properties, `pdfxid:GTS_PDFXVersion` and `pdf:Trapped`, are not among those that PDF/A knows, so an extension
schema describes them: a file that is to be archived as well then needs no other packet.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from notegen.model.purpose import Setup

_SPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "pdfvtid": "http://www.npes.org/pdfvt/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}

_OWN = uuid.UUID("6f0f5f0e-6d56-5a0a-9d1e-2f0d5b1c6f11")
"""The name space of documents that notegen made."""


def packet(setup: Setup, stamp: str, tool: str, identity: str) -> bytes:
    """Return the packet, in UTF-8; `stamp` is the date of the information dictionary, `identity` names the content."""
    date = xmp_date(stamp)
    simple = {
        "xmp:CreateDate": date,
        "xmp:ModifyDate": date,
        "xmp:MetadataDate": date,
        "xmp:CreatorTool": tool,
        "pdf:Producer": tool,
        "pdf:Trapped": "False",
        "xmpMM:DocumentID": f"uuid:{uuid.uuid5(_OWN, identity)}",
        "xmpMM:VersionID": "1",
        "xmpMM:RenditionClass": "default",
        "pdfxid:GTS_PDFXVersion": "PDF/X-4",
    }
    schemas = [
        _schema("PDF/X ID", "pdfxid", ("GTS_PDFXVersion",)),
        _schema("Adobe PDF", "pdf", ("Trapped",)),
    ]
    if setup.record:
        simple |= {"pdfvtid:GTS_PDFVTVersion": "PDF/VT-1", "pdfvtid:GTS_PDFVTModDate": date}
        schemas.append(_schema("PDF/VT ID", "pdfvtid", ("GTS_PDFVTVersion", "GTS_PDFVTModDate")))
    author = f"<dc:creator><rdf:Seq><rdf:li>{escape(setup.author)}</rdf:li></rdf:Seq></dc:creator>\n"
    used = {name: uri for name, uri in _SPACES.items() if setup.record or name != "pdfvtid"}
    spaces = " ".join(f'xmlns:{name}="{uri}"' for name, uri in used.items())
    properties = "".join(f"<{name}>{escape(value)}</{name}>\n" for name, value in simple.items())
    text = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/">\n<rdf:RDF {spaces}>\n<rdf:Description rdf:about="">\n'
        "<dc:format>application/pdf</dc:format>\n"
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(setup.title)}</rdf:li></rdf:Alt></dc:title>\n'
        f"{author if setup.author else ''}"
        f"{properties}"
        f"<pdfaExtension:schemas><rdf:Bag>\n{''.join(schemas)}</rdf:Bag></pdfaExtension:schemas>\n"
        '</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="w"?>'
    )
    return text.encode("utf-8")


def xmp_date(stamp: str) -> str:
    """Return a PDF's date as XMP writes it: D:20000101000000+00'00' is 2000-01-01T00:00:00+00:00."""
    digits, zone = stamp[2:16], stamp[16:22].replace("'", ":")
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}T{digits[8:10]}:{digits[10:12]}:{digits[12:14]}{zone}"


def _schema(title: str, prefix: str, names: tuple[str, ...]) -> str:
    """Return the description of some properties that PDF/A does not know."""
    properties = "".join(
        '<rdf:li rdf:parseType="Resource">'
        f"<pdfaProperty:name>{name}</pdfaProperty:name>"
        f"<pdfaProperty:valueType>{'Date' if name.endswith('Date') else 'Text'}</pdfaProperty:valueType>"
        "<pdfaProperty:category>internal</pdfaProperty:category>"
        f"<pdfaProperty:description>{name} of {title}</pdfaProperty:description></rdf:li>"
        for name in names
    )
    return (
        f'<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>{title}</pdfaSchema:schema>'
        f"<pdfaSchema:namespaceURI>{_SPACES[prefix]}</pdfaSchema:namespaceURI>"
        f"<pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{properties}</rdf:Seq></pdfaSchema:property></rdf:li>\n"
    )
