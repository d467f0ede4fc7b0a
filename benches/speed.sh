#!/usr/bin/env bash
# Measures the release build with hyperfine, always as ratios within one run: against `cat`, and against `ryl`
# (a fast YAML linter from PyPI) where it is installed. Usage: benches/speed.sh [FILES]
set -euo pipefail
cd "$(dirname "$0")/.."
files=${1:-5000}
bin=target/release/botiquette
cargo build --quiet --release
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# One file of about 2 KB, and a folder of many that all differ.
make_bot() { # NUMBER OF AUTOMATIONS
  awk -v count="$1" 'BEGIN {
    print "account: { handle: \"@bench\", platform: mastodon, bot: true, operator: \"@kim\" }"
    print "automations:"
    for (i = 1; i <= count; i++) {
      printf "  - id: answer-%d\n    on: { mention: { text: word%d, exclude: [self, bots] } }\n", i, i
      print  "    if: { once-per-thread: 1d }"
      printf "    do: { reply: \"Answer %d for {name}: {result}\" }\n", i
      print  "    limits: { per-user-day: 3, per-hour: 20 }"
    }
  }'
}
make_bot 10 > "$work/one.yaml"
mkdir "$work/many"
make_bot 13 > "$work/template"
for i in $(seq "$files"); do sed "s/bench/bench$i/" "$work/template" > "$work/many/bot$i.yaml"; done
make_bot 50000 > "$work/50k.yaml"
make_bot 100000 > "$work/100k.yaml"
wc -c "$work/one.yaml" "$work/50k.yaml" | head -2

peer() { command -v ryl >/dev/null && printf '%s' "ryl check --enable ALL $1" || printf '%s' "cat $1"; }
echo "== one file, cold process"
hyperfine -N -i --warmup 10 --runs 200 "$bin lint $work/one.yaml" "$(peer "$work/one.yaml")"
echo "== $files files"
hyperfine -i --warmup 1 --runs 10 "$bin lint $work/many --format json > /dev/null" \
  "$(peer "$work/many") > /dev/null" "cat $work/many/* > /dev/null"
echo "== twice the automations"
hyperfine -i --warmup 1 --runs 5 "$bin lint $work/50k.yaml --format json > /dev/null" \
  "$bin lint $work/100k.yaml --format json > /dev/null"
