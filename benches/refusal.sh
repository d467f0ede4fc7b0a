#!/usr/bin/env bash
# Measures how fast a repository without any bot is turned away: a tree of ordinary configuration files (packages,
# lock files, manifests, compose files, CI, translations, data), against `fd` or `find` (which only list them) and `ryl` (which
# lints their YAML), where they are installed. Usage: benches/refusal.sh [COPIES], 16 files each.
set -euo pipefail
cd "$(dirname "$0")/.."
copies=${1:-1300}
bin=$PWD/target/release/botiquette
[ -x "$bin" ] || cargo build --quiet --release
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT

python3 - "$tree" "$copies" <<'PYTHON'
import json, os, sys
tree, copies = sys.argv[1], int(sys.argv[2])
words = "follow like message comment reply status post member user host service network".split()

def package(n):
    return json.dumps({"name": f"app-{n}", "version": "1.0.0", "scripts": {"start": "node .", "postinstall": "x"},
        "keywords": ["follow", "bot"], "dependencies": {f"lib-{i}": "^1.0.0" for i in range(25)}}, indent=2)

def lock(n):
    return json.dumps({"name": f"app-{n}", "lockfileVersion": 3, "packages": {f"node_modules/follow-{i}":
        {"version": f"1.{i}.{n}", "resolved": f"https://example.org/{i}.tgz", "license": "MIT"} for i in range(80)}}, indent=1)

def manifest(n):
    env = "".join(f"            - name: {w.upper()}_{i}\n              value: \"{i}\"\n" for i, w in enumerate(words))
    return (f"apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web-{n}\nspec:\n  replicas: 2\n  template:\n"
        f"    spec:\n      containers:\n        - name: web\n          image: registry.example/web:{n}\n          env:\n{env}")

def compose(n):
    return (f"services:\n  web:\n    image: web:{n}\n    environment:\n      MESSAGE_BROKER: amqp://queue\n    depends_on: [db]\n"
        "  db:\n    image: postgres\n    volumes: [data:/var/lib/postgresql]\nvolumes:\n  data: {}\n")

def workflow(n):
    steps = "".join(f"      - name: Step {i}\n        run: make step-{i}\n" for i in range(15))
    return f"name: test-{n}\non:\n  push:\n    branches: [main]\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n{steps}"

def translation(n):
    return json.dumps({f"{w}.{i}": f"{w.capitalize()} number {i} of {n}" for i in range(12) for w in words}, indent=2)

def values(n):
    return "".join(f"section{i}:\n  enabled: true\n  port: {8000 + i}\n  name: part-{n}-{i}\n" for i in range(30))

def environment(n):
    return f"PORT=80\nDATABASE_URL=postgres://u:p@h/{n}\nSMTP_HOST=mail.example\nLOG_LEVEL=info\nCACHE_TTL=60\n"

FILES = {"package.json": package, "package-lock.json": lock, "tsconfig.json": lambda n: '{"compilerOptions": {"strict": true}}\n',
    "k8s/deployment.yaml": manifest, "k8s/service.yaml": manifest, "compose.yaml": compose, ".github/workflows/test.yml": workflow,
    ".github/workflows/release.yml": workflow, "locales/en.json": translation, "locales/de.json": translation, "values.yaml": values,
    "config/app.yaml": values, ".env.example": environment, "Cargo.toml": lambda n: f'[package]\nname = "a{n}"\nversion = "0.1.0"\n',
    "setup.cfg": lambda n: f"[metadata]\nname = a{n}\n", "data.json": lambda n: json.dumps([{"id": i, "name": f"n{i}"} for i in range(60)])}
for n in range(copies):
    for path, make in FILES.items():
        full = os.path.join(tree, f"app{n % 40}", f"part{n}", path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w") as file:
            file.write(make(n))
PYTHON
find "$tree" -type f | wc -l
du -sh --apparent-size "$tree" | cut -f1

runs=("$bin lint $tree --no-config")
command -v fd >/dev/null && runs+=("fd -H -t f . $tree")
command -v fd >/dev/null || runs+=("find $tree -type f")
command -v ryl >/dev/null && runs+=("ryl check $tree")
hyperfine -N -i --warmup 2 --runs 10 "${runs[@]}"
