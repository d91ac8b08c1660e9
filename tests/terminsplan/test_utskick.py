"""``utskick`` as its user meets it: what it writes and refuses, from which plans, and that programs open its table."""

from __future__ import annotations

import csv
import email
import email.policy
import io
import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.needed import absent
from tests.terminsplan.small import SMALL, contents, write_tables
from tests.terminsplan.typed import typed

MORE = SMALL["nyanställda"] + "p5;Eva Sen;N;2026-08-17;eva@example.se;\n"


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``1``, ``2`` and ``3``: the small term, with a late recruit, then with one who has left."""
    place = tmp_path_factory.mktemp("chain")
    wide = SMALL["omgångar"].replace("CI-1;CI;2", "CI-1;CI;5").replace("CI-2;CI;1", "CI-2;CI;5")
    fewer = "".join(line for line in MORE.splitlines(keepends=True) if not line.startswith("p2;"))
    hires = {"1": SMALL["nyanställda"], "2": MORE, "3": fewer}
    before: Path | None = None
    for name, table in hires.items():
        tables = write_tables(place / f"in{name}", nyanställda=table, omgångar=wide)
        how = ("omplanera", tables, "--tidigare", before) if before else ("planera", tables)
        result = typed(*how, "-o", place / name, "--tyst")
        assert result.exit_code == 0, result.output
        before = place / name
    return place


def rows(folder: Path) -> list[dict[str, str]]:
    text = (folder / "utskick.csv").read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def test_everybody_gets_a_letter_and_stands_in_the_table(chain: Path, tmp_path: Path) -> None:
    result = typed("utskick", chain / "1", "-o", tmp_path / "ut")
    assert result.exit_code == 0, result.output
    assert sorted(path for path in contents(tmp_path / "ut") if path != "utskick.csv") == [
        "forvaltning/C.eml", "forvaltning/N.eml", *(f"person/p{n}.eml" for n in (1, 2, 3, 4))
    ]  # fmt: skip
    assert {row["brev"] for row in rows(tmp_path / "ut")} == set(contents(tmp_path / "ut")) - {"utskick.csv"}
    assert "Skrev 4 brev till nyanställda och 2 brev till förvaltningar" in result.output


def test_the_same_plan_is_written_byte_by_byte_the_same(chain: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        typed("utskick", chain / "2", "--sedan", chain / "1", "--kallelser", "-o", tmp_path / name)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


@pytest.mark.parametrize(
    ("earlier", "later", "told"), [("1", "2", {"p5"}), ("2", "3", {"p2"}), ("1", "3", {"p2", "p5"})]
)
def test_since_any_plan_of_the_chain_those_are_told_whom_it_concerns(
    chain: Path, tmp_path: Path, earlier: str, later: str, told: set[str]
) -> None:
    result = typed("utskick", chain / later, "--sedan", chain / earlier, "--kallelser", "-o", tmp_path / "ut")
    assert result.exit_code == 0, result.output
    found = contents(tmp_path / "ut")
    assert {Path(path).stem for path in found if path.startswith("person/")} == told
    assert {Path(path).parts[2] for path in found if path.startswith("kallelser/")} == told


@pytest.mark.parametrize(("earlier", "later"), [("2", "1"), ("3", "1"), ("1", "1")])
def test_a_plan_that_is_not_before_it_in_its_chain_is_refused(
    chain: Path, tmp_path: Path, earlier: str, later: str
) -> None:
    result = typed("utskick", chain / later, "--sedan", chain / earlier, "-o", tmp_path / "ut")
    assert result.exit_code == 2
    assert "är ingen plan före" in result.stderr
    assert not (tmp_path / "ut").exists()


def test_a_chain_with_a_plan_missing_says_so(chain: Path, tmp_path: Path) -> None:
    for name in ("1", "3"):
        shutil.copytree(chain / name, tmp_path / "hylla" / name)
    result = typed("utskick", tmp_path / "hylla" / "3", "--sedan", tmp_path / "hylla" / "1", "-o", tmp_path / "ut")
    assert result.exit_code == 2
    assert "fattas en plan mellan dem" in result.stderr


def test_without_any_sender_nothing_is_written(tmp_path: Path) -> None:
    tables = write_tables(tmp_path / "in", förvaltningar="id;namn;e-post\nN;Nordost;n@example.se\nC;Centrum;\n")
    typed("planera", tables, "-o", tmp_path / "plan", "--tyst")
    result = typed("utskick", tmp_path / "plan", "-o", tmp_path / "ut")
    assert result.exit_code == 2
    assert "ingen avsändare för Centrum" in result.stderr
    assert not (tmp_path / "ut").exists()


def test_who_has_no_address_is_named_in_a_warning_and_in_the_result(tmp_path: Path) -> None:
    hires = SMALL["nyanställda"].replace("bo@example.se", "")
    typed("planera", write_tables(tmp_path / "in", nyanställda=hires), "-o", tmp_path / "plan", "--tyst")
    result = typed("utskick", tmp_path / "plan", "-o", tmp_path / "ut", "--json")
    assert "1 mottagare har ingen adress" in result.stderr
    assert "Bo Ek (p2)" in result.stderr
    assert json.loads(result.stdout)["without_address"] == [{"kind": "person", "id": "p2"}]


def test_an_earlier_dispatch_is_replaced_only_when_asked_and_foreign_files_never(chain: Path, tmp_path: Path) -> None:
    first = typed("utskick", chain / "1", "-o", tmp_path / "ut")
    again = typed("utskick", chain / "2", "-o", tmp_path / "ut")
    assert (first.exit_code, again.exit_code) == (0, 2)
    assert "innehåller redan ett utskick" in again.stderr
    forced = typed("utskick", chain / "2", "-o", tmp_path / "ut", "--tvinga")
    assert forced.exit_code == 0, forced.output
    assert "person/p5.eml" in contents(tmp_path / "ut")
    (tmp_path / "ut" / "person" / "min.txt").write_text("mitt")
    refused = typed("utskick", chain / "2", "-o", tmp_path / "ut", "--tvinga")
    assert refused.exit_code == 2
    assert "filer som inte hör till utskicket: person/min.txt" in refused.stderr


def test_a_plan_is_never_replaced_by_letters(chain: Path, tmp_path: Path) -> None:
    plan = Path(shutil.copytree(chain / "1", tmp_path / "plan"))
    before = contents(plan)
    result = typed("utskick", chain / "2", "-o", plan, "--tvinga")
    assert result.exit_code == 2
    assert "innehåller annat än ett utskick" in result.stderr
    assert contents(plan) == before


def test_libreoffice_opens_the_table_with_every_letter_and_runs_nothing(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        absent("soffice")
    hires = SMALL["nyanställda"].replace("Bo Ek", "=HYPERLINK(1)").replace("Åsa Öberg", '"Åsa; ""Öberg"""')
    typed("planera", write_tables(tmp_path / "in", nyanställda=hires), "-o", tmp_path / "plan", "--tyst")
    typed("utskick", tmp_path / "plan", "-o", tmp_path / "ut")
    # As by a double click: semicolons (59), quotes (34), UTF-8 (76), all from the first line.
    profile = f"-env:UserInstallation=file://{tmp_path / 'profil'}"
    how = ["--headless", "--infilter=CSV:59,34,76,1", "--convert-to", "xlsx", "--outdir", str(tmp_path)]
    subprocess.run([office, profile, *how, str(tmp_path / "ut" / "utskick.csv")], check=True, capture_output=True)
    from openpyxl import load_workbook

    sheet = load_workbook(tmp_path / "utskick.xlsx").worksheets[0]
    heading, *opened = sheet.iter_rows(values_only=True)
    names = {row[1]: row[2] for row in opened}
    assert heading[:4] == ("mottagare", "id", "namn", "e-post")
    assert len(opened) == len(rows(tmp_path / "ut"))
    assert names["p1"] == 'Åsa; "Öberg"'
    assert str(names["p2"]).lstrip("'") == "=HYPERLINK(1)"
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


def test_with_pseudonyms_neither_letter_nor_list_nor_calendar_holds_a_name(tmp_path: Path) -> None:
    hires = (
        "id;namn;förvaltning;anställd_från;e-post;enhet;chef;chef_e-post\n"
        "p1;Åsa Öberg;N;2026-08-10;asa@example.se;Mottag;Maria Chef;maria@example.se\n"
        "p2;Bo Ek;C;2026-08-10;bo@example.se;Vuxen;Chris Chef;\n"
    )
    people = {
        "nyanställda": hires,
        "utbildare": "id;namn;e-post\nub;Ulla Berg;ulla@example.se\n",
        "mentorer": "id;namn;förvaltning;e-post\nm1;Mona Mentor;N;mona@example.se\n",
    }
    tables = write_tables(tmp_path / "in", **people)
    assert typed("planera", tables, "-o", tmp_path / "plan", "--pseudonymer", "--tyst").exit_code == 0
    assert typed("utskick", tmp_path / "plan", "-o", tmp_path / "ut", "--kallelser").exit_code == 0
    assert typed("narvarolista", tmp_path / "plan", "-o", tmp_path / "listor" / "l.xlsx").exit_code == 0
    written = [
        path for name in ("plan", "ut", "listor") for path in sorted((tmp_path / name).rglob("*")) if path.is_file()
    ]
    assert {path.suffix for path in written} >= {".ics", ".eml", ".xlsx", ".html", ".csv"}
    secrets = ("Åsa", "Bo Ek", "Maria", "Chris", "Ulla", "Mona", "asa@", "bo@", "maria@", "ulla@", "mona@")
    for path in written:
        found = f"{path.name}\n{_readable(path)}"
        assert not [secret for secret in secrets if secret in found], path


def _readable(path: Path) -> str:
    """All the text of a file, whatever it is wrapped in."""
    data = path.read_bytes()
    if path.suffix == ".eml":
        message = email.message_from_bytes(data, policy=email.policy.default)
        parts = (part.get_payload(decode=True) for part in message.walk())
        return "\n".join(
            [str(message.items()), *(part.decode("utf-8", "replace") for part in parts if isinstance(part, bytes))]
        )
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return data.decode("utf-8").replace("\r\n ", "")
