"""Writes the sample documents: `python sample_docs/make_samples.py` from the top of the checkout.

Places and departments are invented, codes and names are the standard ones, the amounts are of the size that county
departments publish. What is wrong in a document is planted below, in words and as one changed cell after the other.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent))

import random

from tests.generator.content import Budget, Disclosure, Sheet, Style, disclosure, random_budget
from tests.generator.office_layouts import excel_file, word_file
from tests.generator.pdf_layouts import boxed_pdf, ruled_pdf
from tests.generator.text_layouts import aligned_text, linear_text, tsv_text, word_text


@dataclass(slots=True)
class Sample:
    """One sample: its file name, what it shows, its document, how it is written, and what is wrong in it."""

    name: str
    shows: str
    document: Disclosure
    write: Callable[[Disclosure], bytes]
    planted: list[str] = field(default_factory=list)


def encoded(render: Callable[[Disclosure], str], encoding: str = "utf-8") -> Callable[[Disclosure], bytes]:
    """A writer of bytes from a writer of text."""
    return lambda document: render(document).encode(encoding)


def as_tables_file(document: Disclosure) -> bytes:
    """The document as another extractor would hand its tables over."""
    return (json.dumps(document.gold(), ensure_ascii=False, indent=1) + "\n").encode()


def row_of(sheet: Sheet, label: str) -> int:
    """The first row that prints this label in one of its cells."""
    return next(index for index, row in enumerate(sheet.rows) if label in row)


def put(sheet: Sheet, label: str, column: int, text: str) -> None:
    """Prints `text` in a column (negative: from the right) of the row with this label."""
    sheet.rows[row_of(sheet, label)][column] = text


def medical_insurance_county() -> Sample:
    """Four errors of the document itself, as authors make them."""
    functions = {
        "2100799": (4, 0), "2101101": (3306, 0), "2101202": (0, 171964), "2101299": (0, 15000), "2101501": (63972, 4000),
    }  # fmt: skip
    economic = {
        "30101": 18023, "30102": 14626, "30103": 1400, "30107": 706, "30112": 9529, "30113": 5367, "30199": 11960,
        "30201": 286, "30202": 104, "30205": 104, "30206": 416, "30207": 182, "30211": 824, "30213": 130, "30216": 130,
        "30217": 650, "30228": 312, "30231": 310, "30239": 1386, "30299": 454, "30302": 297, "30305": 86,
    }  # fmt: skip
    total = sum(basic + project for basic, project in functions.values())
    budget = Budget(functions, economic, total, 0, 0, 0, (0, 0, 310, 650))
    style = Style(zero="0.00", numbering="**", wording=2)
    document = disclosure(budget, style, "石溪县医疗保障局", 2022)
    expenditure = document.sheet("expenditure_summary")
    for code in ("21015", "2101501"):
        put(expenditure, code, 2, "639.72")
    grants = document.sheet("fiscal_grant_summary")
    health, energy = row_of(grants, "十、卫生健康支出"), row_of(grants, "十一、节能环保支出")
    grants.rows[health][3:], grants.rows[energy][3:] = grants.rows[energy][3:], grants.rows[health][3:]
    basic = document.sheet("basic_expenditure")
    put(basic, "301", 2, "672.82")
    document.sheet("three_public").rows[0][2] = "0.00"
    return Sample(
        "shixi_medical_insurance_2022.txt", "text of a Word file, each cell on a line of its own behind a TAB",
        document, encoded(word_text),
        [
            "expenditure_summary, 21015 and 2101501, 合计: 639.72 leaves out the project money; 679.72 is right (source)",
            "fiscal_grant_summary: the amount of 十、卫生健康支出 stands one row down, at 十一、节能环保支出 (source)",
            "basic_expenditure, 301, 合计: 672.82 repeats the grand total; 616.11 is right (source)",
            "three_public, 公务用车购置及运行费 小计: 0.00, its parts make 3.10 (source)",
        ],
    )  # fmt: skip


def sample_of(seed: int, style: Style, entity: str, year: int) -> Disclosure:
    """A consistent document of our own with random amounts."""
    scale = 10_000 if style.unit == "元" else 1
    return disclosure(random_budget(random.Random(seed), scale), style, entity, year)


def education_city() -> Sample:
    """A row of a TSV whose figures slid one column to the right."""
    document = sample_of(11, Style(separators=True), "临岚市教育局", 2023)
    sheet = document.sheet("expenditure_summary")
    index = next(i for i, row in enumerate(sheet.rows) if len(row[0]) == 7 and row[3] and row[4])
    row = sheet.rows[index]
    sheet.rows[index] = [*row[:2], "", *row[2:-1]]
    return Sample(
        "linlan_education_2023.txt", "tables as tab-separated lines", document, encoded(tsv_text),
        [f"expenditure_summary, {row[0]}: its figures stand one column too far right (extraction)"],
    )  # fmt: skip


def finance_county() -> Sample:
    """Nothing wrong: text of a PDF with lost blanks, wrapped cells and repeated page heads."""
    document = sample_of(23, Style(serial=True, numbering="栏次"), "松泽县财政局", 2024)
    return Sample("songze_finance_2024.txt", "text taken from a PDF line by line, blanks lost, cells wrapped",
                  document, encoded(linear_text))  # fmt: skip


def water_district() -> Sample:
    """A lost digit in text that keeps its columns, in GB 18030."""
    document = sample_of(31, Style(separators=True, zero="0.00", wording=1), "云汀区水利局", 2021)
    sheet = document.sheet("basic_expenditure")
    row = sheet.rows[row_of(sheet, "302")]
    before = row[2]
    row[2] = before.replace(before[1], "", 1) if before[1] != "," else before[0] + before[3:]
    return Sample(
        "yunting_water_2021.txt", "text in columns of a fixed width, encoded in GB 18030", document,
        encoded(aligned_text, "gb18030"),
        [f"basic_expenditure, 302, 合计: a digit is lost, {row[2]} for {before} (extraction)"],
    )  # fmt: skip


def culture_city() -> Sample:
    """Nothing wrong: a ruled PDF."""
    document = sample_of(47, Style(wording=1), "南屏市文化和旅游局", 2025)
    return Sample("nanping_culture_2025.pdf", "PDF with ruled tables", document, ruled_pdf)


def agriculture_district() -> Sample:
    """Two digits exchanged in a PDF in 元 whose rules are thin boxes."""
    document = sample_of(53, Style(unit="元", separators=True, split_codes=True), "东霖区农业农村局", 2020)
    sheet = document.sheet("general_budget_expenditure")
    index = next(i for i, row in enumerate(sheet.rows) if row[2] and row[-2])
    before = sheet.rows[index][-2]
    digits = before.replace(",", "")
    at = next(i for i in range(len(digits) - 1) if digits[i] != digits[i + 1] and "." not in digits[i : i + 2])
    swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    sheet.rows[index][-2] = f"{int(swapped.split('.')[0]):,}.{swapped.split('.')[1]}"
    code = "".join(sheet.rows[index][:3])
    return Sample(
        "donglin_agriculture_2020.pdf", "PDF in 元 whose rules are thin boxes, header on the first page only, codes in three columns",
        document, boxed_pdf,
        [f"general_budget_expenditure, {code}, 基本支出: two digits exchanged, {sheet.rows[index][-2]} for {before} (source)"],
    )  # fmt: skip


def civil_affairs_county() -> Sample:
    """A Word file whose text quotes another figure than its table."""
    document = sample_of(61, Style(zero="——"), "白渡县民政局", 2019)
    total = document.sheet("expenditure_summary").rows[0][2]
    wrong = f"{float(total) + 100:.2f}"
    number = next(i for i, text in enumerate(document.paragraphs) if text.startswith("一、"))
    document.paragraphs[number] = document.paragraphs[number].replace(f"支出总计{total}", f"支出总计{wrong}")
    return Sample(
        "baidu_civil_affairs_2019.docx", "Word file with merged header cells", document, word_file,
        [f"narrative: 支出总计 {wrong}, the tables say {total} (source)"],
    )  # fmt: skip


def housing_county() -> Sample:
    """A workbook, one sheet in 元 under a heading in 万元."""
    document = sample_of(79, Style(separators=True, project_first=True), "青禾县住房和城乡建设局", 2026)
    sheet = document.sheet("basic_expenditure")
    for row in sheet.rows:
        for column in (2, 3, 4):
            if row[column]:
                row[column] = f"{round(float(row[column].replace(',', '')) * 10000):,}.00"
    return Sample(
        "qinghe_housing_2026.xlsx", "Excel file, one sheet a table", document, excel_file,
        ["basic_expenditure: all amounts are in 元 under the heading 单位：万元 (source)"],
    )  # fmt: skip


def extracted_tables() -> Sample:
    """The ruled PDF's tables as another extractor gave them, one figure glued to its neighbour's digit."""
    document = culture_city().document
    sheet = document.sheet("expenditure_summary")
    index = next(i for i, row in enumerate(sheet.rows) if len(row[0]) == 5 and row[3] and row[4])
    before = sheet.rows[index][3]
    sheet.rows[index][3] = before[:-1]
    return Sample(
        "nanping_culture_2025_extraction.json", "tables of nanping_culture_2025.pdf from another extractor (review with --source)",
        document, as_tables_file,
        [f"expenditure_summary, {sheet.rows[index][0]}, 基本支出: the last digit is lost, {before[:-1]} for {before} (extraction)"],
    )  # fmt: skip


SAMPLES = (
    medical_insurance_county, education_city, finance_county, water_district, culture_city, agriculture_district,
    civil_affairs_county, housing_county, extracted_tables,
)  # fmt: skip


def readme(samples: list[Sample]) -> str:
    """The list of the samples with what is wrong in each."""
    lines = [
        "# Sample documents", "",
        "Made by `make_samples.py` of this folder. Places and departments are invented; codes, names and forms are the",
        "standard ones, and the amounts are of the size that such departments publish.", "",
        "| file | layout | what is wrong in it |", "| --- | --- | --- |",
    ]  # fmt: skip
    for sample in samples:
        wrong = "<br>".join(sample.planted) or "nothing"
        lines.append(f"| `{sample.name}` | {sample.shows} | {wrong} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Writes all samples and their README."""
    samples = [make() for make in SAMPLES]
    for sample in samples:
        (FOLDER / sample.name).write_bytes(sample.write(sample.document))
    (FOLDER / "README.md").write_text(readme(samples), encoding="utf-8")


if __name__ == "__main__":
    main()
