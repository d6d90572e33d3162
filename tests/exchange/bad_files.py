"""Files as people bring them: each with what must be recognised, and each kind that cannot be read."""

from __future__ import annotations

import io
import zipfile

HEAD = "Näme;Alter;Score\r\n"
BODY = "José;34;1,5\r\nZoë;NA;2,25\r\n"
PEOPLE = HEAD + BODY
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def packed(parts: dict[str, str | bytes], stored: bool = False) -> bytes:
    """A zip of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as made:
        for name, body in parts.items():
            made.writestr(name, body)
    return out.getvalue()


def workbook(
    sheet: str | bytes, shared: str = "", styles: str = "", more: dict[str, str | bytes] | None = None
) -> bytes:
    """A workbook of one worksheet, written by hand: ``sheet`` is what stands inside <worksheet>."""
    body = sheet if isinstance(sheet, bytes) else f"<worksheet>{sheet}</worksheet>"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": f'<Relationships><Relationship Id="r" Type="{RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": '<workbook xmlns:r="x"><sheets><sheet name="People" sheetId="1" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="a" Type="{RELATION}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": body,
        **({"xl/sharedStrings.xml": f"<sst>{shared}</sst>"} if shared else {}),
        **({"xl/styles.xml": f"<styleSheet>{styles}</styleSheet>"} if styles else {}),
        **(more or {}),
    }
    return packed(parts)


def inline(reference: str, text: str) -> str:
    """A cell with a text of its own."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


TABLE = (
    f"<sheetData><row r='1'>{inline('A1', 'id')}{inline('B1', 'team')}</row>"
    f"<row r='2'>{inline('A2', '007')}{inline('B2', 'NA')}</row></sheetData>"
)
BOMB = workbook(b"<worksheet><sheetData>" + b" " * 72_000_000 + b"</sheetData></worksheet>")
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol1 "&lol;&lol;&lol;">]>'
    f"<worksheet>{TABLE.replace('007', '&lol1;')}</worksheet>"
)
OUTSIDE = f'<?xml version="1.0"?><!DOCTYPE worksheet SYSTEM "outside.dtd"><worksheet>{TABLE}</worksheet>'

UNREADABLE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "empty"),
    "only a byte order mark": (b"\xef\xbb\xbf\r\n", "empty"),
    "headings only": (b"id,team\n", "headings and no rows"),
    "old Excel": (OLE + b"\0" * 600, "Excel 97-2003"),
    "locked by a password": (
        OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
        "remove the password",
    ),
    "OpenDocument": (
        packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}),
        "LibreOffice",
    ),
    "Numbers": (packed({"Index/Document.iwa": b"x"}), "Numbers"),
    "binary workbook": (packed({"xl/workbook.bin": b"x"}), ".xlsb"),
    "Word": (packed({"word/document.xml": "<x/>"}), "text document"),
    "an archive": (packed({"people.csv": "a,b"}), "Unpack it"),
    "a zip cut off": (workbook(TABLE)[:300], "damaged"),
    "PDF": (b"%PDF-1.7 x", "PDF"),
    "a web page named .xls": (b"<html><body><table><tr><td>1</td></tr></table>", "web page"),
    "XML of 2003": (b'<?xml version="1.0"?><Workbook/>', "XML"),
    "JSON": (b'{"learners": []}', "JSON"),
    "a picture": (b"\x89PNG\r\n\x1a\n123", "picture"),
    "Parquet": (b"PAR1\0\0", "Parquet"),
    "gzip": (b"\x1f\x8b\x08\0abc", "Unpack it"),
    "bytes": (bytes(range(1, 9)) * 40, "no text"),
    "a code page nobody knows": (b"id,team\n1,\x81\x8d\xff\xe9\x90\n", "Windows-1252"),
    "UTF-16 cut in half": ("a;b\nü;1\n".encode("utf-16")[:-1], "damaged"),
    "a zip bomb": (BOMB, "unpacks to far more"),
    "a billion laughs": (workbook(LAUGHS.encode()), "entities"),
    "a document type": (workbook(OUTSIDE.encode()), "entities"),
    "entities in the texts": (
        workbook(
            TABLE,
            more={"xl/sharedStrings.xml": '<!DOCTYPE s [<!ENTITY a "b">]><sst><si><t>&a;</t></si></sst>'},
        ),
        "entities",
    ),
    "XML cut off": (workbook(b"<worksheet><sheetData><row r='1'>"), "damaged"),
    "rows out of order": (workbook("<sheetData><row r='5'/><row r='2'/></sheetData>"), "damaged"),
    "a cell nowhere": (
        workbook("<sheetData><row r='1'><c r='ABCDE1'><v>1</v></c></row></sheetData>"),
        "damaged",
    ),
    "a row that is no number": (workbook("<sheetData><row r='x'/></sheetData>"), "damaged"),
    "no worksheet": (packed({"xl/workbook.xml": "<workbook/>"}), "no worksheet"),
    "no workbook part": (packed({"xl/styles.xml": "<x/>"}), "damaged"),
    "an empty worksheet": (workbook("<sheetData/>"), "no row with values"),
    "one heading too few": (b"id,team\n1,a,x\n2,b,y\n3,c,z\n", "heading"),
    "most rows too short": (b"id,team,role\n1,a\n2,b\n3,c\n4,d,e\n", "fewer cells"),
    "quotation marks all over": (b"id,team\n" + b'"a"b,c\n' * 200, "quotation marks"),
}
