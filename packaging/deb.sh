#!/usr/bin/env bash
# Makes the package for Debian from an archive of packaging/archive.sh: bash packaging/deb.sh TARGET FOLDER
# What goes where is said in crates/botiquette-cli/Cargo.toml. Needs cargo-deb; compiles nothing.
set -euo pipefail
target=${1:?target} out=$(realpath "${2:?folder with the archive}")
cd "$(dirname "$0")/.."
rm -rf target/deb && mkdir -p target/deb
tar -xzf "$out/botiquette-$target.tar.gz" -C target/deb --strip-components 1
mv target/deb/completions/botiquette.bash target/deb/completions/botiquette
cargo deb --package botiquette-cli --target "$target" --no-build --no-strip --output "$out/"
