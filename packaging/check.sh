#!/usr/bin/env bash
# That all places name the same version, and the changelog has notes about it; prints `version=X.Y.Z`. On a tag, which
# GITHUB_REF names, it must be that of the tag.
set -euo pipefail
cd "$(dirname "$0")/.."
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml)
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]]
code=0
differs() { echo "$1 is not of version $version" >&2; code=1; }

for package in npm/botiquette npm/wasm editors/vscode; do
  grep -qF "\"version\": \"$version\"" "$package/package.json" || differs "$package/package.json"
done
if grep '"@botiquette/[a-z0-9-]*":' npm/botiquette/package.json | grep -qvF "\"$version\""; then
  differs "a platform of npm/botiquette/package.json"
fi
if grep -rhE '^botiquette(-[a-z]+)? = \{ path' crates/*/Cargo.toml | grep 'version = ' | grep -qvF "version = \"$version\""; then
  differs "a dependency between the crates"
fi
if [[ ${GITHUB_REF:-} == refs/tags/* ]]; then
  [[ $GITHUB_REF == "refs/tags/v$version" ]] || differs "the tag $GITHUB_REF"
  bash packaging/notes.sh "$version" > /dev/null || code=1
fi
if [[ $code == 0 ]]; then echo "version=$version"; fi
exit "$code"
