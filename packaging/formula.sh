#!/usr/bin/env bash
# Fills in the formula for Homebrew: bash packaging/formula.sh VERSION SHA256SUMS > botiquette.rb
set -euo pipefail
version=${1:?version} sums=${2:?SHA256SUMS}
formula=$(cat "$(dirname "$0")/homebrew/botiquette.rb.in")
formula=${formula//@VERSION@/$version}
while read -r digest file; do
  target=${file#botiquette-}
  formula=${formula//@${target%.tar.gz}@/$digest}
done < "$sums"
if grep -o '@[a-z0-9_-]*@' <<< "$formula" >&2; then
  echo "$sums does not name these archives" >&2
  exit 1
fi
printf '%s\n' "$formula"
