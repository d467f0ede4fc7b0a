#!/usr/bin/env python3
"""The growth test: twice the input may take at most about twice the work.

Work is counted in instructions, by `valgrind --tool=callgrind`, so that neither the machine nor its load matters.
What is measured stands in families.toml. Any build will do; one without optimisation takes much longer.

usage: growth.py BOTIQUETTE [PART OF A FAMILY'S NAME ...]

Needs valgrind and Python 3.11. Without them it says so and succeeds; BOTIQUETTE_GROWTH_REQUIRED=1 makes that a failure.
"""

import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

try:
    import tomllib
except ImportError:
    tomllib = None

# Somewhat more than twice: sorting and growing tables cost a little more than their share.
MOST = 2.3

# Seconds after which a run is stopped and counts as failed; ordinary ones take one or two.
LONGEST = 120


def families():
    """The families of the list, those with hostile texts once for each of them."""
    listed = tomllib.loads(pathlib.Path(__file__).with_name("families.toml").read_text())
    for family in listed["family"]:
        texts = family.get("texts")
        if texts is None:
            yield family
            continue
        for name, text in listed["texts"].items():
            if texts in ("all", name):
                parts = [{"each": text} if "text" in part else part for part in family["parts"]]
                yield {**family, "name": f"{family['name']} of {name}", "parts": parts}


def content(parts, count):
    """A file with so many repetitions of what is repeated."""
    pieces = []
    for part in parts:
        if "once" in part:
            pieces.append(part["once"])
        else:
            each = part["each"]
            pieces += (each.replace("{n}", str(n)).replace("{next}", str(n + 1)) for n in range(count))
    return "".join(pieces)


def dialects(linter, linted, folder):
    """How a file is read. This run is not measured."""
    command = [linter, "lint", linted, "--format", "json"]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=LONGEST)
    return [file.get("dialect") for file in json.loads(run.stdout)["files"]]


def instructions(linter, family, count):
    """What linting such a file takes."""
    with tempfile.TemporaryDirectory() as folder:
        files = {family["file"]: content(family["parts"], count), **family.get("named", {}), **family.get("beside", {})}
        for name, text in files.items():
            path = pathlib.Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        linted = next(iter(family.get("named", {})), family["file"])
        command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", linter, "lint", linted]
        run = subprocess.run(
            # All findings, without trying fixes, which are bounded by themselves (`MOST_BYTES` in `src/fix/mod.rs`).
            [*command, "--format", "junit"],
            cwd=folder,
            env={**os.environ, "RAYON_NUM_THREADS": "1"},
            capture_output=True,
            text=True,
            timeout=LONGEST,
        )
        read = dialects(linter, linted, folder) if count and "dialect" in family else None
    # 2 says that a file is broken, as some are meant to be.
    if run.returncode not in (0, 1, 2):
        raise RuntimeError(f"the linter failed with {run.returncode}: {run.stderr[-2000:]}")
    if read is not None and family["dialect"] not in read:
        raise RuntimeError(f"it was to be read as {family['dialect']}, and was read as {read}")
    counted = re.search(r"Collected : (\d+)", run.stderr)
    if counted is None:
        raise RuntimeError(f"valgrind did not count: {run.stderr[-2000:]}")
    return int(counted[1])


def ratio(linter, family):
    """How much more work twice the input takes. What start-up takes is left out: it would hide the rest."""
    none, once, twice = (instructions(linter, family, family["n"] * times) for times in (0, 1, 2))
    if once < none * 1.1:
        raise RuntimeError(f"{family['n']} repetitions take no work to speak of; they show nothing")
    return once - none, (twice - none) / (once - none)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    if shutil.which("valgrind") is None or tomllib is None:
        print("GROWTH WAS NOT CHECKED: it needs valgrind (apt-get install valgrind) and Python 3.11.")
        sys.exit(1 if os.environ.get("BOTIQUETTE_GROWTH_REQUIRED") else 0)
    linter, asked = os.path.abspath(sys.argv[1]), sys.argv[2:]
    if not os.access(linter, os.X_OK):
        sys.exit(f"there is no program {linter}: build it first")
    wanted = [family for family in families() if not asked or any(part in family["name"] for part in asked)]
    if not wanted:
        sys.exit("no family has such a name")
    failures = []
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        measured = {pool.submit(ratio, linter, family): family["name"] for family in wanted}
        for future in concurrent.futures.as_completed(measured):
            name = measured[future]
            try:
                work, growth = future.result()
            except (RuntimeError, ValueError, subprocess.TimeoutExpired) as problem:
                failures.append(f"{name}: {problem}")
                print(f"    ? {'':>11} {name}: {problem}", flush=True)
                continue
            print(f"{growth:5.2f} {work / 1e6:9.1f} M  {name}", flush=True)
            if growth > MOST:
                failures.append(f"{name}: {growth:.2f}")
    print(f"\n{len(wanted)} families, at most {MOST} allowed")
    if failures:
        sys.exit("\n".join([f"{len(failures)} of them grow faster than their input:", *failures]))


main()
