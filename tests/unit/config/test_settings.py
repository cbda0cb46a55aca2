from pathlib import Path

import pytest

from workbench.config.settings import Settings, load_settings, settings_schema, unknown_variables
from workbench.errors import InvalidFileError


def test_nearer_sources_win_and_say_where_a_value_came_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    (home / "workbench").mkdir(parents=True)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    user = home / "workbench" / "config.toml"
    user.write_text('reviewer = "home"\ntheme = "light"\njobs = 3\n', encoding="utf-8")
    project = tmp_path / "workbench.toml"
    project.write_text('theme = "contrast"\n', encoding="utf-8")
    loaded = load_settings(
        {"keymap": "vim", "records": None}, working_directory=tmp_path, environment={"WORKBENCH_JOBS": "5"}
    )
    assert loaded.values == Settings(reviewer="home", theme="contrast", jobs=5, keymap="vim")
    assert loaded.origins["reviewer"] == str(user)
    assert loaded.origins["theme"] == str(project)
    assert loaded.origins["jobs"] == "WORKBENCH_JOBS"
    assert loaded.origins["keymap"] == "command line"
    assert loaded.origins["records"] == "default"


def test_all_problems_of_a_file_come_at_once_with_line_and_nearest_name(tmp_path: Path) -> None:
    (tmp_path / "workbench.toml").write_text(
        'keymapp = "vim"\ntheme = "pink"\njobs = "many"\nverify = 3\n', encoding="utf-8"
    )
    with pytest.raises(InvalidFileError) as caught:
        load_settings(working_directory=tmp_path, environment={})
    lines = str(caught.value).splitlines()
    place = tmp_path / "workbench.toml"
    assert lines == [
        f"{place}:1: there is no setting 'keymapp'; did you mean keymap?",
        f"{place}:2: theme is 'pink', not one of auto, dark, light, contrast, ansi",
        f"{place}:3: jobs is 'many', which is no number",
        f"{place}:4: verify is 3, which is not a text",
    ]


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    (tmp_path / "workbench.toml").write_text("theme = [", encoding="utf-8")
    with pytest.raises(InvalidFileError, match=r"workbench\.toml:1: is not valid TOML: Invalid value \(at the end\)"):
        load_settings(working_directory=tmp_path, environment={})


@pytest.mark.parametrize(
    ("locale", "language"), [("zh_CN.UTF-8", "zh"), ("en_US.UTF-8", "en"), ("", "en"), ("C", "en")]
)
def test_the_language_comes_from_the_locale(monkeypatch: pytest.MonkeyPatch, locale: str, language: str) -> None:
    monkeypatch.setenv("LANG", locale)
    assert Settings().interface_language == language
    assert Settings(language="zh").interface_language == "zh"


def test_the_schema_names_every_setting() -> None:
    assert set(settings_schema()["properties"]) == set(Settings.__dataclass_fields__)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("seconds_per_document = nan", ":1: seconds_per_document is nan, which is no number"),
        ("seconds_per_document = inf", ":1: seconds_per_document is inf, which is no number"),
        ("seconds_per_document = 0", ":1: seconds_per_document is 0, which is less than 0.1"),
        ("jobs = -1", ":1: jobs is -1, which is negative"),
        ("jobs = 99999999999999999999", ":1: jobs is 99999999999999999999, which is more than 1024"),
        ("jobs = true", ":1: jobs is True, which is not a whole number"),
        ("\n[theme]\na = 1", ":2: theme is {'a': 1}, which is not a text"),
        ('theme = "dark"\ntheme = "light"', ":2: is not valid TOML: Cannot overwrite a value"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_at_its_line(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "workbench.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidFileError) as error:
        load_settings(working_directory=tmp_path, environment={})
    assert says in str(error.value)


def test_an_empty_variable_is_none_and_a_misspelt_one_is_told(tmp_path: Path) -> None:
    environment = {"WORKBENCH_LANGUAGE": "", "WORKBENCH_THEEM": "light", "WORKBENCH_CI_RUN": "1"}
    loaded = load_settings(working_directory=tmp_path, environment=environment)
    assert (loaded.values.language, loaded.origins["language"]) == ("auto", "default")
    assert ("WORKBENCH_THEEM", "WORKBENCH_THEME") in unknown_variables(environment)


@pytest.mark.parametrize(
    "text",
    ["jobs = 0", "jobs = 1024", "seconds_per_document = 0.1", "seconds_per_document = 5", "memory_megabytes = 0"],
)
def test_the_least_and_the_most_of_a_setting_can_be_set(tmp_path: Path, text: str) -> None:
    (tmp_path / "workbench.toml").write_text(text, encoding="utf-8")
    name, _, value = text.partition(" = ")
    loaded = load_settings(working_directory=tmp_path, environment={})
    assert getattr(loaded.values, name) == float(value)
    assert type(getattr(loaded.values, name)) is type(getattr(Settings(), name))


def test_what_settings_leave_to_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 6)
    assert [Settings(jobs=jobs).worker_count for jobs in (0, 1, 3)] == [6, 1, 3]
    monkeypatch.setattr("getpass.getuser", lambda: "wf")
    assert [Settings(reviewer=name).reviewer_name for name in ("", "李文")] == ["wf", "李文"]

    def nobody() -> str:
        raise KeyError("uid")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert Settings().reviewer_name == "reviewer"


def test_a_misspelt_variable_is_told_with_one_that_may_be_meant() -> None:
    environment = {"WORKBENCH_RECORD": "a", "WORKBENCH_XYZZY": "b", "OTHER_THEEM": "c"}
    assert unknown_variables(environment) == [("WORKBENCH_RECORD", "WORKBENCH_RECORDS")]


def test_wrong_variables_and_options_are_told_together() -> None:
    with pytest.raises(InvalidFileError) as caught:
        load_settings({"theme": "pink"}, working_directory=Path("/nowhere"), environment={"WORKBENCH_JOBS": "many"})
    assert [str(problem) for problem in caught.value.problems] == [
        "WORKBENCH_JOBS: jobs is 'many', which is no number",
        "command line: theme is 'pink', not one of auto, dark, light, contrast, ansi",
    ]
