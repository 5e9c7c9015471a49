"""Reads workbooks with openpyxl and holds them against the JSON of the same model. Arguments: pairs of xlsx and JSON.

Says what differs, a line each, and fails where anything does.
"""

import json
import sys
from decimal import Decimal

import openpyxl
from openpyxl.cell.cell import MergedCell

problems = []


class Stated(dict):
    """What is not stated has no key."""

    def __missing__(self, key):
        return None



def check(workbook_path, condition, what):
    if not condition:
        problems.append(f"{workbook_path}: {what}")


def number(cell):
    """A number as the decimal it was written from."""
    return Decimal(repr(cell)) if isinstance(cell, float) else Decimal(cell)


def same_number(cell, text):
    """A number that has more digits than a spreadsheet keeps stands as text."""
    if len(text.replace(".", "").strip("0")) > 15:
        return cell.value == text
    return cell.data_type == "n" and number(cell.value) == Decimal(text)


def merged_value(sheet, row, column):
    for area in sheet.merged_cells.ranges:
        if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col:
            return sheet.cell(area.min_row, area.min_col).value
    return sheet.cell(row, column).value


def project_sheet(path, sheet, project, standard):
    values = [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]
    check(path, project["name"] in values, f"{sheet.title}: no cell has the name")
    if project["code"]:
        check(path, project["code"] in values, f"{sheet.title}: no cell has the code as text")
    names = [indicator["name"] for indicator in project["indicators"]]
    places = {}
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None:
                places.setdefault(cell.value, []).append(cell)
    rows = []
    for indicator in project["indicators"]:
        # The name stands right of its category; other cells may have the same words.
        fitting = [
            cell.row
            for cell in places.get(indicator["name"], [])
            if indicator["category"] in [merged_value(sheet, cell.row, column) for column in range(1, cell.column)]
        ]
        check(path, fitting, f"{sheet.title}: no row for {indicator['name']}")
        rows.extend(fitting[:1])
    check(path, rows == sorted(rows), f"{sheet.title}: indicators are out of order")
    check(path, len(set(names)) == len(names), "names repeat")
    budget = project["budget"] and project["budget"]["total"]
    if budget and budget["unit"] == standard["money_unit"] and not budget["multiplier"]:
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        fits = any(same_number(cell, budget["value"]) for cell in cells)
        check(path, fits, f"{sheet.title}: no number is the budget")
    for share in (line["share"] for line in project["spending_plan"] or []):
        fits = [cell for row in sheet.iter_rows() for cell in row if "%" in cell.number_format]
        wanted = Decimal(share["value"]) / 100
        check(path, any(number(cell.value) == wanted for cell in fits), f"{sheet.title}: no cell is {wanted}")
    check(path, sheet.page_setup.paperSize in (9, "9"), f"{sheet.title}: not A4")
    check(path, sheet.sheet_properties.pageSetUpPr.fitToPage, f"{sheet.title}: does not fit the page")
    check(path, sheet.print_title_rows, f"{sheet.title}: no rows are repeated")
    check(path, sheet.merged_cells.ranges, f"{sheet.title}: nothing is merged")
    for row in range(1, sheet.max_row + 1):
        height = sheet.row_dimensions[row].height
        check(path, height and 15 <= height <= 409.5, f"{sheet.title}: row {row} is {height} high")
    taken = set()
    for area in sheet.merged_cells.ranges:
        cells = {(row, column) for row, column in [(c[0], c[1]) for c in area.cells]}
        check(path, not cells & taken, f"{sheet.title}: {area} overlaps")
        taken |= cells
    table = [cell for row in sheet.iter_rows(min_row=3) for cell in row if not isinstance(cell, MergedCell)]
    check(path, all(cell.font.name == "宋体" for cell in table if cell.value), f"{sheet.title}: another font")
    check(path, all(cell.border.top.style == "thin" for cell in table), f"{sheet.title}: a cell without border")


def flat_sheet(path, sheet, workbook, department):
    headings = [cell.value for cell in sheet[1]]
    check(path, len(set(headings)) == len(headings), "a heading repeats")
    rows = [dict(zip(headings, row)) for row in sheet.iter_rows(min_row=2)]
    wanted = [
        (project, indicator) for project in department["projects"] for indicator in project["indicators"] or [None]
    ]
    check(path, len(rows) == len(wanted), f"{len(rows)} rows, not {len(wanted)}")
    for row, (project, indicator) in zip(rows, wanted):
        check(path, row["项目名称"].value == project["name"], "another project")
        check(path, (row["项目编码"].value or None) == project["code"], "another code")
        total = project["budget"] and project["budget"]["total"]
        if total:
            check(path, same_number(row["预算数"], total["value"]), f"{project['name']}: another budget")
        if indicator is None:
            check(path, row["三级指标"].value is None, "an indicator from nowhere")
            continue
        check(path, row["三级指标"].value == indicator["name"], f"{indicator['name']}: another name")
        check(path, row["一级指标"].value == indicator["category"], f"{indicator['name']}: another category")
        check(path, row["指标值"].value == indicator["printed"]["cell"], f"{indicator['name']}: another cell")
        if indicator["target"]["kind"] == "quantity":
            value = indicator["target"]["quantity"]["value"]
            check(path, same_number(row["数值"], value), f"{indicator['name']}: another number")
        if indicator["weight"]:
            check(path, same_number(row["权重"], indicator["weight"]), f"{indicator['name']}: another weight")
        if indicator["description"]:
            check(path, row["描述"].value == indicator["description"], f"{indicator['name']}: another description")
    check(path, sheet.freeze_panes == "A2", "the heading does not stay")
    check(path, sheet.auto_filter.ref and sheet.auto_filter.ref.startswith("A1:"), "no filter")
    lists = sheet.data_validations.dataValidation
    check(path, len(lists) == 4, f"{len(lists)} lists")
    for one in lists:
        name, area = one.formula1.lstrip("=").split("!")
        cells = workbook[name.strip("'")][area.replace("$", "")]
        cells = cells if isinstance(cells, tuple) else ((cells,),)
        check(path, all(cell.value for row in cells for cell in row), f"{one.sqref}: a blank choice")
        check(path, one.type == "list", f"{one.sqref}: no list")


def workbook(path, department):
    book = openpyxl.load_workbook(path)
    projects = department["projects"]
    first = 1 if department["overall_goal"] or department["sub_goals"] or department["safeguards"] else 0
    check(path, len(book.sheetnames) == first + len(projects) + 2, f"sheets are {book.sheetnames}")
    lower = [name.lower() for name in book.sheetnames]
    check(path, len(set(lower)) == len(lower), "sheets share a name")
    for name in book.sheetnames:
        check(path, len(name.encode("utf-16-le")) // 2 <= 31 and not set(name) & set("[]:*?/\\"), f"{name} is refused")
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                check(path, cell.data_type != "f", f"{sheet.title}!{cell.coordinate} is a formula")
                if isinstance(cell.value, str) and cell.value[:1] in ("=", "+", "-", "@") and sheet.title != "选项":
                    check(path, cell.quotePrefix, f"{sheet.title}!{cell.coordinate} may become a formula")
    for sheet, project in zip(book.worksheets[first:], projects):
        project_sheet(path, sheet, project, department["standard"])
    flat_sheet(path, book["全部指标"], book, department)
    check(path, book["选项"].sheet_state == "hidden", "the choices are in sight")
    check(path, book.properties.creator in (None, ""), f"made by {book.properties.creator}")


for xlsx, document in zip(sys.argv[1::2], sys.argv[2::2]):
    path, _, index = document.rpartition("#")
    with open(path, encoding="utf-8") as file:
        workbook(xlsx, json.load(file, object_hook=Stated)["departments"][int(index)])

print("\n".join(problems))
sys.exit(1 if problems else 0)
