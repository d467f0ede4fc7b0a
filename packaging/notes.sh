#!/usr/bin/env bash
# What the changelog says about a version: bash packaging/notes.sh VERSION
set -euo pipefail
version=${1:?version}
notes=$(awk -v version="$version" '/^## /{ told = $2 == version; next } told' "$(dirname "$0")/../CHANGELOG.md")
if [[ -z ${notes//[[:space:]]/} ]]; then
  echo "CHANGELOG.md says nothing about $version" >&2
  exit 1
fi
printf '%s\n' "$notes"
