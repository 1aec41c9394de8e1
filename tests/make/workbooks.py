"""Small workbooks as Excel writes them."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT = "http://schemas.openxmlformats.org/package/2006/content-types"
SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
LINK = f'xmlns:r="{OFFICE}"'
# The second style of the book shows a day, the third a day by a format of its own.
STYLES = (
    f'<styleSheet {MAIN}><numFmts count="1"><numFmt numFmtId="164" formatCode="dd\\/mm\\/yyyy"/></numFmts>'
    '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>'
)


def number(text: str) -> str:
    """A cell with a number, written so."""
    return f"<c><v>{text}</v></c>"


def day(serial: float, style: int = 1) -> str:
    """A cell with a day by its number."""
    return f'<c s="{style}"><v>{serial}</v></c>'


def formula(text: str, result: str | None = None) -> str:
    """A cell with a formula, and what it last came to."""
    value = "" if result is None else f"<v>{escape(result)}</v>"
    return f'<c t="str"><f>{escape(text)}</f>{value}</c>'


def error(text: str = "#N/A") -> str:
    """A cell in which Excel shows an error."""
    return f'<c t="e"><v>{text}</v></c>'


def _cell(value: str) -> str:
    return value if value.startswith("<c") else f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def sheet(rows: Sequence[Sequence[str]]) -> str:
    """A sheet's XML: a text is a cell of text, and what begins with "<c" stands as it is."""
    lines = "".join(f'<row r="{line}">{"".join(map(_cell, row))}</row>' for line, row in enumerate(rows, 1))
    return f"<worksheet {MAIN}><sheetData>{lines}</sheetData></worksheet>"


def _types(count: int, *more: str) -> str:
    """What each part is, as a workbook says of itself."""
    parts = {"workbook": "sheet.main", "styles": "styles"}
    parts |= {"sharedStrings": "sharedStrings"} if "xl/sharedStrings.xml" in more else {}
    parts |= {f"worksheets/sheet{place}": "worksheet" for place in range(1, count + 1)}
    told = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{SHEETS}.{kind}+xml"/>' for name, kind in parts.items()
    )
    return f'<Types xmlns="{CONTENT}"><Default Extension="xml" ContentType="application/xml"/>{told}</Types>'


def workbook(sheets: Mapping[str, Sequence[Sequence[str]]], **parts: str) -> bytes:
    """A workbook with these sheets by their names; `parts` take the place of parts of it, or add some."""
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{place}" r:id="rId{place}"/>' for place, name in enumerate(sheets, 1)
    )
    links = "".join(
        f'<Relationship Id="rId{place}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{place}.xml"/>'
        for place in range(1, len(sheets) + 1)
    )
    content = {
        "[Content_Types].xml": _types(len(sheets), *parts),
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f"<workbook {MAIN} {LINK}><sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">{links}</Relationships>',
        "xl/styles.xml": STYLES,
        **{f"xl/worksheets/sheet{place}.xml": sheet(rows) for place, rows in enumerate(sheets.values(), 1)},
        **parts,
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in content.items():
            archive.writestr(name, text)
    return packed.getvalue()
