"""Which documents a folder or an archive holds, and what is passed over."""

import os
import zipfile
from pathlib import Path

import pytest

from workbench.errors import UnreadableSourceError
from workbench.sources import find_sources, is_tables_file, read_source


def names(paths: list[Path], folder: Path) -> list[str]:
    return [str(path.relative_to(folder)) for path in paths]


def test_a_folder_is_walked_in_order_and_noise_is_passed_over(tmp_path: Path) -> None:
    for name in ("b.txt", "a.pdf", "sub/c.docx", "records/a.toml", "records/x.txt", ".hidden.txt", ".git/a.txt", "~$c.docx",
                 ".~lock.c.docx#", "photo.png", "data.bin", "d.md", "README.md"):  # fmt: skip
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("正文", encoding="utf-8")
    found, problems = find_sources([tmp_path])
    assert names(found, tmp_path) == ["a.pdf", "b.txt", "d.md", "sub/c.docx"]
    assert problems == []


def test_a_file_that_is_named_is_kept_whatever_it_is_called(tmp_path: Path) -> None:
    odd = tmp_path / ".hidden.xyz"
    odd.write_text("正文", encoding="utf-8")
    assert find_sources([odd, tmp_path / "missing.pdf"]) == ([odd, tmp_path / "missing.pdf"], [])
    assert read_source(odd).page(1).text == "正文"


def test_pipes_devices_and_links_in_circles_hang_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    (tmp_path / "up").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "device.txt").symlink_to("/dev/zero")
    (tmp_path / "again.txt").symlink_to(tmp_path / "a.txt")
    found, problems = find_sources([tmp_path])
    assert names(found, tmp_path) == ["a.txt"]
    assert problems == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list everything")
def test_a_folder_that_may_not_be_listed_is_a_problem_and_no_stop(tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir(mode=0)
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    found, problems = find_sources([tmp_path])
    assert names(found, tmp_path) == ["a.txt"]
    assert "permission denied" in str(problems[0])


def test_tables_files_are_told_from_other_json(tmp_path: Path) -> None:
    for name, content in {
        "ours.json": '{"schema": "workbench.tables/1", "documents": []}',
        "theirs.json": '{"doc": "x", "tables": []}',
        "settings.json": '{"a": 1}',
        "broken.json": '{"tables": [',
        "deep.json": '{"tables": ' + "[" * 100_000,
    }.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    found, _ = find_sources([tmp_path])
    assert names(found, tmp_path) == ["ours.json", "theirs.json"]
    assert not is_tables_file(tmp_path / "settings.json")
    assert not is_tables_file(tmp_path / "missing.json")


def packed(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_an_archive_stands_for_the_documents_in_it(tmp_path: Path) -> None:
    inner = packed(tmp_path / "inner.zip", {"深.txt": "深处".encode()}).read_bytes()
    (tmp_path / "inner.zip").unlink()
    packed(
        tmp_path / "all.zip",
        {
            "2031/乙.txt": "乙文".encode(),
            "2031/甲.txt": "甲文".encode(),
            "logo.png": b"",
            "里.zip": inner,
            "__MACOSX/._a.txt": b"x",
        },
    )
    found, problems = find_sources([tmp_path])
    assert names(found, tmp_path) == ["all.zip!2031/乙.txt", "all.zip!2031/甲.txt", "all.zip!里.zip!深.txt"]
    assert problems == []
    documents = [read_source(path) for path in found]
    assert [document.page(1).text for document in documents] == ["乙文", "甲文", "深处"]
    assert len({document.sha256 for document in documents}) == 3
    assert documents[0].path == str(found[0])


def test_names_of_old_chinese_archivers_are_read(tmp_path: Path) -> None:
    path = tmp_path / "old.zip"
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("预算.txt".encode("gb18030").decode("cp437"))
        info.flag_bits = 0
        archive.writestr(info, "正文")
    data = path.read_bytes()
    # zipfile marks every name that is not ASCII as UTF-8; old archivers wrote GBK and no mark
    raw, marked = "预算.txt".encode("gb18030"), "预算.txt".encode("gb18030").decode("cp437").encode()
    assert marked in data
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("#" * len(raw), "正文")
    path.write_bytes(path.read_bytes().replace(b"#" * len(raw), raw))
    found, _ = find_sources([path])
    assert names(found, tmp_path) == ["old.zip!预算.txt"]
    assert read_source(found[0]).page(1).text == "正文"


def test_names_that_lead_out_of_an_archive_are_left_out_and_said(tmp_path: Path) -> None:
    packed(tmp_path / "bad.zip", {"../../etc/a.txt": b"x", "/root/b.txt": b"x", "good.txt": b"x", "\x1b[2J.txt": b"x"})
    found, problems = find_sources([tmp_path])
    assert names(found, tmp_path) == ["bad.zip!good.txt"]
    assert len(problems) == 3
    assert all("leads out of it; left out" in str(problem) for problem in problems)
    assert "\x1b" not in "".join(map(str, problems))


def test_an_archive_of_one_document_reads_as_that(tmp_path: Path) -> None:
    assert read_source(packed(tmp_path / "one.zip", {"a.txt": b"text"})).page(1).text == "text"
    with pytest.raises(UnreadableSourceError, match=r"archive of 2 documents \(name one, as .*two\.zip!a\.txt"):
        read_source(packed(tmp_path / "two.zip", {"a.txt": b"x", "b.txt": b"x"}))
    with pytest.raises(UnreadableSourceError, match="archive without documents"):
        read_source(packed(tmp_path / "none.zip", {"a.exe": b"x"}))
    with pytest.raises(UnreadableSourceError, match=r"holds no 'c\.txt'"):
        read_source(tmp_path / "two.zip!c.txt")


def test_a_file_of_pages_that_cannot_be_read_is_found_and_says_what_to_do(tmp_path: Path) -> None:
    pages = packed(tmp_path / "pages.ofd", {"OFD.xml": b"<OFD/>", "Doc_0/Document.xml": b"<Document/>"})
    archive = tmp_path / "reports.rar"
    archive.write_bytes(b"Rar!\x1a\x07\x01\x00" + bytes(90))
    found, _ = find_sources([tmp_path])

    assert found == [pages, archive]
    with pytest.raises(UnreadableSourceError, match="an OFD file: save it as PDF"):
        read_source(pages)
    with pytest.raises(UnreadableSourceError, match="of a kind that is not opened: unpack it"):
        read_source(archive)


@pytest.mark.parametrize(
    ("name", "data", "advice"),
    [
        ("a.pdf", b"7z\xbc\xaf\x27\x1c" + bytes(90), "unpack it"),
        ("a.tar.gz", b"\x1f\x8b\x08" + bytes(90), "unpack it"),
        ("a.png", b"RIFF\x10\x00\x00\x00WEBPVP8 " + bytes(90), "save it as PNG"),
        ("a.jpg", b"\x00\x00\x00\x18ftypheic" + bytes(90), "save it as PNG"),
        ("a.ceb", b"\x00\x01\x02" + bytes(90), "save or print it as PDF"),
        ("a", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(90) + "PowerPoint Document".encode("utf-16-le"), "slides"),
    ],
)
def test_what_no_reader_reads_is_named_with_what_to_do(tmp_path: Path, name: str, data: bytes, advice: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnreadableSourceError, match=advice):
        read_source(path)


def test_a_file_whose_own_name_has_the_mark_is_itself(tmp_path: Path) -> None:
    (tmp_path / "注意!重要.txt").write_text("正文", encoding="utf-8")
    assert read_source(tmp_path / "注意!重要.txt").page(1).text == "正文"


def test_a_file_is_called_by_its_own_name_and_not_by_a_link_to_it(tmp_path: Path) -> None:
    for name in ("real/b.txt", "real/sub/c.txt", "elsewhere/d.txt", "z.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("正文", encoding="utf-8")
    folder = tmp_path / "read"
    folder.mkdir()
    (tmp_path / "real").rename(folder / "real")
    (tmp_path / "z.txt").rename(folder / "z.txt")
    (folder / "a link").symlink_to(folder / "real")
    (folder / "a.txt").symlink_to(folder / "z.txt")
    (folder / "m.txt").symlink_to(tmp_path / "elsewhere" / "d.txt")
    found, problems = find_sources([folder])
    assert names(found, folder) == ["m.txt", "real/b.txt", "real/sub/c.txt", "z.txt"]
    assert problems == []
    assert find_sources([folder / "a.txt", folder / "z.txt"])[0] == [folder / "z.txt"]
    assert find_sources([folder / "a.txt"])[0] == [folder / "a.txt"]


def test_members_of_one_name_are_each_a_document(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w") as package, pytest.warns(UserWarning, match="Duplicate name"):
        for text in ("一", "二", "三"):
            package.writestr("部门/预算.txt", text)
        package.writestr("部门/决算.txt", "四")
    found, problems = find_sources([archive])
    assert [str(path).partition("!")[2] for path in found] == [
        "部门/决算.txt",
        "部门/预算 (2).txt",
        "部门/预算 (3).txt",
        "部门/预算.txt",
    ]
    assert [read_source(path).page(1).text for path in found] == ["四", "二", "一", "三"]
    assert problems == []


@pytest.mark.parametrize("name", ["budget.pdf", "budget.xlsx", "budget.png"])
def test_a_text_under_a_wrong_name_is_read_and_told(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("一般公共预算支出表\n合计 12.00", encoding="utf-8")
    document = read_source(path)
    assert document.page(1).text.startswith("一般公共预算支出表")
    assert "is text in spite of its name" in document.warnings[-1]


@pytest.mark.parametrize("content", [b"", b"\xd2\xbb\xb0\xe3\x00", b"1 0 obj\n<< >>\nendobj\n", b"\x00\x01\x02"])
def test_what_is_left_of_a_document_is_no_text(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "budget.pdf"
    path.write_bytes(content)
    with pytest.raises(UnreadableSourceError):
        read_source(path)
