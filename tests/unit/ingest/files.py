"""Files of every format, written in our own words."""

import gzip
import io
import json
import zipfile
from collections.abc import Sequence
from email.message import EmailMessage

PROSE = (
    "The harbor opened again on Monday after nine days of strike, and the first ship to leave carried grain for Tunis.",
    "Nobody on the quay could say who had paid for it, though three people said that they had been asked to.",
    "The union called the agreement fair; the owners called it expensive, and both printed it in full the next day.",
)
URL = "https://gazette.example.org/harbor"
PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Harbor opens again</title></head>'
    f"<body><article><h1>Harbor opens again</h1>{''.join(f'<p>{part}</p>' for part in PROSE)}</article></body></html>"
)


def pdf(pages: Sequence[Sequence[tuple[int, int, int, str]]], title: str = "") -> bytes:
    """A PDF whose pages show lines: x, y and size in points, and ASCII words."""
    objects: list[bytes] = [b"", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for lines in pages:
        shown = "".join(f"BT /F {size} Tf {x} {y} Td ({words}) Tj ET\n" for x, y, size, words in lines).encode()
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(shown), shown))
        kids.append(len(objects) + 1)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>>>>>"
            % len(objects)
        )
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    objects.append(b"<</Title(%s)>>" % title.encode())
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer<</Size %d/Root 1 0 R/Info %d 0 R>>\n" % (len(objects) + 1, len(objects)))
    out.write(b"startxref\n%d\n%%%%EOF" % start)
    return out.getvalue()


def warc(*responses: tuple[str, str, bytes], packed: bool = True) -> bytes:
    """A web archive of responses: URL, content type, body; each a gzip member of its own."""
    parts = []
    for url, kind, body in responses:
        http = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n" % (kind.encode(), len(body)) + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2021-03-04T10:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:0>\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(http)}\r\n\r\n"
        )
        record = head.encode() + http + b"\r\n\r\n"
        parts.append(gzip.compress(record) if packed else record)
    return b"".join(parts)


def archive(**members: str) -> bytes:
    """A zip; `__` in a name stands for a slash, `_dot_` for a full stop."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as opened:
        for name, text in members.items():
            opened.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return data.getvalue()


def mail() -> bytes:
    """A newsletter with a page in it."""
    message = EmailMessage()
    message["From"], message["Subject"] = "The Gazette <news@example.org>", "Harbor opens again"
    message["Date"] = "Thu, 04 Mar 2021 10:00:00 +0000"
    message.set_content("\n\n".join(PROSE))
    message.add_alternative(PAGE, subtype="html")
    return message.as_bytes()


def epub() -> bytes:
    """A book of one chapter."""
    return archive(
        **{
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="b.opf"/></rootfiles></container>',
            "b.opf": '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            "<metadata><dc:title>Harbor</dc:title><dc:creator>Ada Holt</dc:creator></metadata>"
            '<manifest><item id="a" href="a.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>',
            "a.xhtml": f"<html><body><h1>Harbor</h1>{''.join(f'<p>{part}</p>' for part in PROSE)}</body></html>",
        }
    )


POCKET = f"title,url,time_added,tags,status\nHarbor opens,{URL}?utm_source=pocket,1600000000,ports|grain,archive\n"
POCKET_PAGE = (
    "<!DOCTYPE html><html><head><title>Pocket Export</title></head><body><h1>Unread</h1><ul></ul><h1>Read Archive</h1>"
    f'<ul><li><a href="{URL}" time_added="1600000000" tags="ports,grain">Harbor opens</a></li></ul></body></html>'
)
INSTAPAPER = (
    "URL,Title,Selection,Folder,Timestamp,Tags\n"
    f'{URL},Harbor opens,,Archive,1600000000,"[""ports"",""grain""]"\n'
    f'{URL},Harbor opens,"{PROSE[1]}",Harbors,1600000000,[]\n'
)
OMNIVORE = archive(
    metadata_0_to_20_dot_json=json.dumps(
        [
            {
                "slug": "harbor",
                "title": "Harbor opens",
                "author": "Ada Holt",
                "url": URL,
                "state": "Archived",
                "labels": ["ports", "grain"],
                "savedAt": "2020-09-13T12:26:40.000Z",
                "publishedAt": "2021-03-04T00:00:00Z",
            }
        ]
    ),
    content__harbor_dot_html=f"<div>{''.join(f'<p>{part}</p>' for part in PROSE)}</div>",
    highlights__harbor_dot_md=f"> {PROSE[1][:60]}\n\n#who\n\nwho paid?\n\n> {PROSE[2][:40]}\n",
)
WALLABAG = json.dumps(
    [
        {
            "title": "Harbor opens",
            "url": URL,
            "is_archived": 1,
            "is_starred": 1,
            "tags": ["ports", "grain"],
            "content": "".join(f"<p>{part}</p>" for part in PROSE),
            "published_at": "2021-03-04T10:00:00+00:00",
            "published_by": ["Ada Holt"],
            "language": "en_US",
            "created_at": "2020-09-13T12:26:40+00:00",
            "annotations": [{"quote": PROSE[1][:60], "text": "who paid?", "ranges": [{"start": "/p[2]"}]}],
        }
    ]
)
KARAKEEP = json.dumps(
    {
        "bookmarks": [
            {
                "createdAt": 1600000000,
                "title": "Harbor opens",
                "tags": ["ports", "grain"],
                "archived": True,
                "note": "read twice",
                "lists": ["l1", "unknown"],
                "content": {"type": "text", "text": "\n\n".join(PROSE)},
            },
            {"createdAt": 1600000000, "title": "A link", "tags": [], "content": {"type": "link", "url": URL}},
        ],
        "lists": [{"id": "l1", "name": "Harbors"}],
    }
)
READWISE = (
    "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted at,"
    "Document tags\n"
    f'"{PROSE[2]}",Harbor opens,Ada Holt,,,yellow,,offset,20,2024-01-01 10:00:00+00:00,"ports, grain"\n'
    f'"{PROSE[1]}",Harbor opens,Ada Holt,,who paid?,blue,who,offset,9,2024-01-01 10:00:00+00:00,\n'
)
HYPOTHESIS = json.dumps(
    {
        "total": 3,
        "rows": [
            {
                "id": "a",
                "uri": URL,
                "text": "who paid?",
                "tags": ["who"],
                "created": "2024-01-01T10:00:00.5+00:00",
                "document": {"title": ["Harbor opens"]},
                "target": [
                    {
                        "selector": [
                            {"type": "TextPositionSelector", "start": 9000, "end": 9060},
                            {
                                "type": "TextQuoteSelector",
                                "exact": PROSE[1][:60],
                                "prefix": "",
                                "suffix": PROSE[1][60:92],
                            },
                        ]
                    }
                ],
            },
            {"id": "b", "uri": URL, "text": "the owners", "references": ["a"], "target": [{"source": URL}]},
            {"id": "c", "uri": URL, "text": "about the page", "target": [{"source": URL}]},
        ],
    }
)
KOREADER = json.dumps(
    {
        "documents": [
            {
                "title": "Harbor opens",
                "author": "Ada Holt",
                "version": "json/1.0.0",
                "entries": [
                    {"time": 1704103200, "text": PROSE[1], "note": "who paid?", "drawer": "lighten", "page": 3}
                ],
            }
        ]
    }
)
FIRST = PROSE[1][:60]
KINDLE = (
    "\ufeff"
    + "\r\n==========\r\n".join(
        f"Harbor opens (Ada Holt)\r\n{about}\r\n\r\n{words}"
        for about, words in (
            ("- Your Highlight on page 15 | location 100-102 | Added on Monday, January 1, 2024", FIRST),
            ("- Your Highlight on page 15 | location 100-104 | Added on Monday, January 1, 2024 10:01:00 AM", PROSE[1]),
            ("- Your Note on page 15 | location 104 | Added on Monday, January 1, 2024 10:02:00 AM", "who paid?"),
            ("- Ihre Markierung bei Position 300-310 | Hinzugefügt am Montag, 1. Januar 2024 10:03:00", PROSE[2]),
            ("- Your Bookmark on page 20 | location 400 | Added on Monday, January 1, 2024 10:04:00 AM", ""),
        )
    )
    + "\r\n==========\r\n"
)
ZOTERO = json.dumps(
    [
        {
            "id": "h",
            "type": "webpage",
            "title": "Harbor opens",
            "URL": URL,
            "abstract": PROSE[0],
            "language": "en-US",
            "author": [{"family": "Holt", "given": "Ada"}, {"literal": "The Gazette"}],
            "issued": {"date-parts": [[2021, 3]]},
            "keyword": "ports, grain",
        }
    ]
)
EXPORTS = {
    "pocket": ("pocket.csv", POCKET.encode()),
    "pocket page": ("ril_export.html", POCKET_PAGE.encode()),
    "instapaper": ("instapaper.csv", INSTAPAPER.encode()),
    "omnivore": ("omnivore.zip", OMNIVORE),
    "wallabag": ("wallabag.json", WALLABAG.encode()),
    "karakeep": ("karakeep.json", KARAKEEP.encode()),
    "readwise": ("readwise.csv", READWISE.encode()),
    "hypothesis": ("annotations.json", HYPOTHESIS.encode()),
    "koreader": ("koreader.json", KOREADER.encode()),
    "kindle": ("My Clippings.txt", KINDLE.encode()),
    "zotero": ("zotero.json", ZOTERO.encode()),
}
"""The exports of other tools: the name of a file, and its bytes."""
