"""``make bench``: plan invented and borrowed terms, hold the plans against the peers, write a table and a plot.

    make bench                               40 cities, 8 regions, given terms, the ITC-2019 instances: some 35 minutes
    make bench SIZES="city region nation" SEEDS=5
    make bench ITC=somewhere/itc2019         where the instances lie; they are left out where there are none
    make bench TERMS=somewhere/cities        folders of terms of a city that others have made; left out in the same way

Every run has a process of its own. Absolute times depend on the machine and on what else it does: the report says how
busy it was, and comparisons with the peers are ratios.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))  # also when run as a script

from benchmarks import measure, report  # noqa: E402

Result = dict[str, Any]
GIVEN = "given"
SECONDS = {"city": 60, "varied-city": 60, GIVEN: 60, "region": 120, "varied-region": 120, "nation": 600, "itc": 60}
REPLAN_SECONDS = {"city": 60, "varied-city": 60, "region": 60}
MOST_SEEDS = {"region": 2, "varied-region": 6, "nation": 1}
"""Unless asked for more with ``--all-seeds``: the larger terms take minutes each."""
MIP_SEEDS = {"city": 3, "region": 1}
"""As one MIP only so many: it seldom ends before its limit, and the nation does not fit in memory."""
RESULTS = ROOT / "benchmarks" / "results"
NEAR_BY = ROOT.parent / "shared" / "benchmarks"


def main() -> None:
    """Run what was asked for; the results are written after every run, so that a stopped bench leaves what it had."""
    asked = _arguments()
    results: Result = {"machine": dict(measure.machine()), "terms": [], "itc2019": []}
    asked.output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="terminsplan-bench-") as scratch:
        for kind, result in _all_runs(asked, Path(scratch)):
            results[kind].append(result)
            _write(results, asked.output)
    _write(results, asked.output)
    drawn = measure.python("benchmarks.plot", asked.output / "bench.json", asked.output / "bench.svg")
    print(drawn.err, end="")
    print((asked.output / "bench.md").read_text(encoding="utf-8"))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Benchmarks of terminsplan")
    parser.add_argument("--sizes", nargs="*", default=list(SECONDS), choices=SECONDS)
    parser.add_argument("--seeds", type=int, default=20, help="seeds 1 to this for the city, fewer for larger terms")
    parser.add_argument("--all-seeds", action="store_true", help="as many seeds for the larger terms")
    parser.add_argument("--seconds", type=float, help="time limit of every solve; else by size")
    parser.add_argument("--no-mip", action="store_true", help="leave out the MIP peer")
    parser.add_argument("--itc", type=Path, default=NEAR_BY / "itc2019", help="folder with *.json.gz of ITC-2019")
    parser.add_argument("--terms", type=Path, default=NEAR_BY / "cities", help="folder with folders of terms of a city")
    parser.add_argument("--output", type=Path, default=RESULTS)
    return parser.parse_args()


def _all_runs(asked: argparse.Namespace, scratch: Path) -> Iterator[tuple[str, Result]]:
    for size in asked.sizes:
        seconds = asked.seconds or SECONDS[size]
        if size == "itc":
            yield from (("itc2019", result) for result in _instances(asked.itc, seconds, scratch))
        elif size == GIVEN:
            yield from (("terms", result) for result in _given(asked.terms, seconds, scratch))
        else:
            most = asked.seeds if asked.all_seeds else min(asked.seeds, MOST_SEEDS.get(size, asked.seeds))
            for seed in range(1, most + 1):
                yield (
                    "terms",
                    _invented(size, seed, seconds, seed <= MIP_SEEDS.get(size, 0) * (not asked.no_mip), scratch),
                )


def _invented(size: str, seed: int, seconds: float, with_mip: bool, scratch: Path) -> Result:
    """One invented term: planned as users do it, dealt by hand, and perhaps solved as a MIP."""
    folder = scratch / f"{size}-{seed}"
    result = {"size": size, "seed": seed, "limit": seconds, **_job("generate", size, seed, folder)}
    _measure(result, folder, scratch / f"{size}-{seed}-plan", with_mip)
    shutil.rmtree(folder)
    return result


def _given(folder: Path, seconds: float, scratch: Path) -> Iterator[Result]:
    """The terms of a folder, each a folder of tables."""
    folders = sorted(path for path in folder.glob("*") if path.is_dir())
    if not folders:
        _say("given: no terms found, left out; say where they are with TERMS=folder")
    for path in folders:
        result = {"size": GIVEN, "seed": path.name, "limit": seconds, **_job("sizes", path.resolve())}
        _measure(result, path.resolve(), scratch / path.name, False)
        yield result


def _measure(result: Result, folder: Path, plan: Path, with_mip: bool) -> None:
    """Plan a term, perhaps again later, and by the peers."""
    size, seconds = result["size"], result["limit"]
    _say(f"{size} {result['seed']}: {result['hires']} hires, {result['rounds']} rounds")
    result["plan"] = _plan(folder, plan, seconds)
    _say(f"  plan  {_level_1(result['plan'].get('levels'))}")
    if size in REPLAN_SECONDS:
        again = REPLAN_SECONDS[size]
        result["replan"] = _job("replan", folder, plan, again, patience=_patience(again))
        _say(f"  again {result['replan'].get('seconds')}")
    result["hand"] = _job("hand", folder)
    _say(f"  hand  {result['hand'].get('levels', {}).get('on_time')}")
    if with_mip:
        result["mip"] = _job("mip", folder, seconds, patience=_patience(seconds))
        _say(f"  mip   {_level_1(result['mip'].get('levels'))}")
    shutil.rmtree(plan, ignore_errors=True)


def _plan(folder: Path, plan: Path, seconds: float) -> Result:
    """``terminsplan planera``, from tables to files."""
    done = measure.python(
        "terminsplan", "planera", folder, "-o", plan, "--max-tid", seconds, "--tyst", patience=_patience(seconds)
    )
    usage = {"total_seconds": done.seconds, "cpu_seconds": done.cpu_seconds, "peak_mb": done.peak_mb}
    if done.code != 0:
        return {**usage, "code": done.code, "error": done.err[-600:]}
    return {**usage, **_job("summary", plan)}


def _instances(folder: Path, seconds: float, scratch: Path) -> Iterator[Result]:
    paths = sorted(folder.glob("*.json.gz"))
    if not paths:
        _say("itc2019: no instances found, left out; say where they are with ITC=folder")
    for path in paths:
        name = path.name.removesuffix(".json.gz")
        tables = scratch / name
        result: Result = {"name": name, "limit": seconds, **_job("convert", path.resolve(), tables)}
        result["hand"] = _job("hand", tables)
        result["plan"] = _job("solve", tables, seconds, patience=_patience(seconds))
        shutil.rmtree(tables)
        _say(f"{name}: {result['plan'].get('requests_met')} met, UniTime {result['unitime']}")
        yield result


def _patience(seconds: float) -> float:
    """A run that keeps no limit is stopped, so that the others get their turn."""
    return 300 + 5 * seconds


def _job(name: str, *arguments: object, patience: float = 3600) -> Result:
    """A job's own result with what its process used."""
    done = measure.python("benchmarks.jobs", name, *arguments, patience=patience)
    usage = {"total_seconds": done.seconds, "cpu_seconds": done.cpu_seconds, "peak_mb": done.peak_mb}
    if done.code != 0:
        return {**usage, "code": done.code, "error": done.err[-600:]}
    result: Result = json.loads(done.out)
    return {**usage, **result} if name not in ("generate", "sizes", "convert", "summary") else result


def _level_1(levels: list[Mapping[str, Any]] | None) -> str:
    return "failed" if not levels else f"{levels[0]['value']} (bound {levels[0]['bound']})"


def _write(results: Result, output: Path) -> None:
    text = json.dumps(_rounded(results), ensure_ascii=False, indent=1)
    (output / "bench.json").write_text(text + "\n", encoding="utf-8")
    (output / "bench.md").write_text(report.markdown(results), encoding="utf-8")


def _rounded(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, float):
        return round(value, 2)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return [_rounded(item) for item in value] if isinstance(value, list) else value


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
