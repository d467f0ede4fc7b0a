#!/usr/bin/env bash
# Lints the checkout, which is a stranger's: the environment (PATHS, FAIL_ON, SARIF, BASE) holds texts, never code.
set -euo pipefail
# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

arguments=(--format github)
if [[ $BASE != none ]]; then
  fetch_base "$BASE"
  arguments+=("--base=$BASE")
fi
case $FAIL_ON in
  never) arguments+=(--exit-zero) ;;
  error|warning|info) arguments+=(--fail-on "$FAIL_ON") ;;
  *) echo "the input fail-on is none of error, warning, info and never" >&2; exit 2 ;;
esac
if [[ -n $SARIF ]]; then
  arguments+=(--format sarif "--output=$SARIF")
fi
# shellcheck disable=SC2153
read_paths "$PATHS"
# An empty array is no error in the old bash of macOS either.
"$botiquette" lint "${arguments[@]}" -- ${paths[@]+"${paths[@]}"}
