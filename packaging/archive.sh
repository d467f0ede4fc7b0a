#!/usr/bin/env bash
# Packs the command for one target, with manual pages, completions and licences:
#   bash packaging/archive.sh TARGET BINARY FOLDER
# writes FOLDER/botiquette-TARGET.tar.gz, for Windows .zip. The binary must run here: it writes pages and completions.
set -euo pipefail
target=${1:?target} binary=$(realpath "${2:?binary}") out=${3:?folder}
mkdir -p "$out"
out=$(realpath "$out")
cd "$(dirname "$0")/.."

name=botiquette-$target
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
mkdir -p "$stage/$name/man" "$stage/$name/completions"
suffix=
case $target in *-windows-*) suffix=.exe ;; esac
cp "$binary" "$stage/$name/botiquette$suffix"
cp README.md CHANGELOG.md LICENSE-APACHE LICENSE-MIT "$stage/$name/"

"$binary" man > "$stage/$name/man/botiquette.1"
while IFS= read -r command; do
  "$binary" man "$command" > "$stage/$name/man/botiquette-$command.1"
done < <("$binary" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z-][a-z-]*\) .*/\1/p' | grep -vx help)
test -s "$stage/$name/man/botiquette-lint.1"

"$binary" completions bash > "$stage/$name/completions/botiquette.bash"
"$binary" completions elvish > "$stage/$name/completions/botiquette.elv"
"$binary" completions fish > "$stage/$name/completions/botiquette.fish"
"$binary" completions powershell > "$stage/$name/completions/_botiquette.ps1"
"$binary" completions zsh > "$stage/$name/completions/_botiquette"

cd "$stage"
case $target in
  *-windows-*) "$(command -v python3 || command -v python)" -m zipfile -c "$out/$name.zip" "$name/" ;;
  *) tar -czf "$out/$name.tar.gz" "$name" ;;
esac
