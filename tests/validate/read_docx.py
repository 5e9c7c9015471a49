"""Reads a docx with python-docx and compares it with the same document as text: every paragraph, cell and merged cell.

    read_docx.py DOCX TEXT
"""

import sys

import docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

FRONT = {"Title", "TOC Heading"}


def folded(text):
    return " ".join(text.split())


def cells_of(row):
    """The cells of a row as they stand in the file: text, columns, and how it takes part in a merged cell."""
    for cell in row.tc_lst:
        merge = cell.vMerge
        text = "\n".join(Paragraph(one, None).text for one in cell.p_lst)
        yield folded(text), cell.grid_span, merge


def table_rows(table):
    """The rows as the text has them; the lower parts of merged cells are empty."""
    grid = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.gridCol_lst]
    open_cells = {}
    rows = []
    for row in table._tbl.tr_lst:
        start, cells = 0, []
        for (text, span, merge), cell in zip(cells_of(row), row.tc_lst):
            width = int(cell.tcPr.find(qn("w:tcW")).get(qn("w:w")))
            assert width == sum(grid[start : start + span]), f"{text}: not as wide as its columns"
            if merge == "continue":
                assert open_cells.get(start) == span, f"row {len(rows) + 1}: carries on no cell above"
                assert text == "", f"{text}: words below the top of a merged cell"
            elif merge == "restart":
                open_cells[start] = span
            else:
                open_cells.pop(start, None)
            cells.append(text)
            start += span
        assert start == len(grid), f"row {len(rows) + 1} does not fill the grid"
        rows.append(cells)
    return rows


def pieces_of_docx(path):
    document = docx.Document(path)
    pieces, headings = [], []
    has_contents = False
    for element in document.element.body:
        if element.tag == qn("w:p"):
            paragraph = Paragraph(element, document)
            if paragraph.style.name in FRONT or not paragraph.text.strip():
                continue
            if paragraph.style.name.startswith("Heading"):
                headings.append(folded(paragraph.text))
            pieces.append(folded(paragraph.text))
        elif element.tag == qn("w:tbl"):
            table = Table(element, document)
            rows = table_rows(table)
            assert len(table.columns) > 0 and table.autofit is False
            pieces.extend(rows)
        elif element.tag == qn("w:sdt"):
            has_contents = True
            listed = [folded("".join(t.text for t in one.iter(qn("w:t")))) for one in element.iter(qn("w:hyperlink"))]
    assert has_contents and listed == headings, f"contents {listed}, headings {headings}"
    properties = document.core_properties
    assert properties.title and not properties.author and not properties.last_modified_by
    assert properties.created is None and properties.modified is None
    return pieces


def pieces_of_text(path):
    pieces, row = [], []
    with open(path, encoding="utf-8") as lines:
        for line in lines.read().split("\n"):
            if line.startswith("\t"):
                row.append(folded(line))
            elif line.strip() and row:
                # A further paragraph of the cell.
                row[-1] = folded(row[-1] + " " + line)
            else:
                if row:
                    pieces.append(row)
                    row = []
                if line.strip():
                    pieces.append(folded(line))
    return pieces


def main():
    ours, text = pieces_of_docx(sys.argv[1]), pieces_of_text(sys.argv[2])
    for one, other in zip(ours, text):
        assert one == other, f"docx has {one}, text has {other}"
    assert len(ours) == len(text), f"{len(ours)} pieces, text has {len(text)}"
    cells = sum(len(piece) for piece in ours if isinstance(piece, list))
    print(f"{cells} cells")


main()
