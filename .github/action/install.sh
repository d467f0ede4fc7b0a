#!/usr/bin/env bash
# Puts botiquette into $RUNNER_TEMP/botiquette/bin: the released archive for this machine, if its digest is the published
# one and its provenance can be shown; else compiles it. The environment: VERSION (or none), ACTION (the folder of the
# action), REPOSITORY, TOOLCHAIN, GH_TOKEN.
set -euo pipefail

# The folder of the job is the stranger's: a rust-toolchain.toml or .cargo/config.toml in it would name the compiler. So
# nothing is installed from there, and the toolchain is named.
case $ACTION/ in
  "$GITHUB_WORKSPACE"/*) echo "this action does not run from the checkout that it judges" >&2; exit 2 ;;
esac
cd "$RUNNER_TEMP"
root="$RUNNER_TEMP/botiquette"
mkdir -p "$root/bin"

version=$VERSION
if [[ -z $version ]]; then
  version=$(sed -n '/^\[workspace\.package\]/,/^\[[^w]/s/^version = "\(.*\)"$/\1/p' "$ACTION/Cargo.toml")
fi
if ! [[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]]; then
  echo "the input version is no version such as 0.1.0" >&2
  exit 2
fi

# The commit that a workflow pins the action to, by the name of the action's folder; empty where it names a tag, or where
# another version is asked for.
commit=${ACTION##*[/\\]}
if [[ -n $VERSION ]] || ! [[ $commit =~ ^[0-9a-f]{40}$ ]]; then
  commit=
fi

compile() {
  echo "::notice title=botiquette::compiled from source, which takes minutes: $1"
  rustup toolchain install "$TOOLCHAIN" --profile minimal --no-self-update
  if [[ -z $VERSION ]]; then
    cargo "+$TOOLCHAIN" install --quiet --locked --root "$root" --path "$ACTION/crates/botiquette-cli"
  else
    cargo "+$TOOLCHAIN" install --quiet --locked --root "$root" --git "$REPOSITORY" --tag "v$VERSION" botiquette-cli
  fi
  exit 0
}

# Whoever pins a commit gets this commit: if the tag of its version names another one, the archive is of no use.
released() {
  local tag="refs/tags/v$version" named
  named=$(git ls-remote "$REPOSITORY" "$tag" "$tag^{}" 2>/dev/null) && grep -q "^${commit}[[:space:]]" <<< "$named"
}

download() {
  curl --fail --silent --show-error --location --proto-redir =https --retry 3 --connect-timeout 20 --max-time 300 \
    --output "$1" "$REPOSITORY/releases/download/v$version/$1"
}

digest() {
  if command -v sha256sum > /dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

# That the workflow for releases built it from this tag, and from this commit if one is pinned.
provenance() {
  local name=${REPOSITORY#https://github.com/}
  local wanted=(--repo "$name" --signer-workflow "$name/.github/workflows/release.yml" --source-ref "refs/tags/v$version")
  if [[ -n $commit ]]; then wanted+=(--source-digest "$commit"); fi
  gh attestation verify "$1" "${wanted[@]}" --deny-self-hosted-runners
}

extension=tar.gz suffix=
case ${RUNNER_OS:-}-${RUNNER_ARCH:-} in
  Linux-X64) target=x86_64-unknown-linux-musl ;;
  Linux-ARM64) target=aarch64-unknown-linux-musl ;;
  macOS-X64) target=x86_64-apple-darwin ;;
  macOS-ARM64) target=aarch64-apple-darwin ;;
  Windows-X64) target=x86_64-pc-windows-msvc extension=zip suffix=.exe ;;
  *) compile "no archive is released for ${RUNNER_OS:-this system} on ${RUNNER_ARCH:-this processor}" ;;
esac
archive="botiquette-$target.$extension"

if [[ -n $commit ]] && ! released; then
  compile "the pinned commit is not that of v$version"
fi
if ! download SHA256SUMS || ! download "$archive"; then
  compile "the archive of v$version cannot be had"
fi
published=$(sed -n "s/^\([0-9a-f]\{64\}\) [ *]$archive\$/\1/p" SHA256SUMS)
if [[ $(digest "$archive") != "$published" ]]; then
  echo "::error title=botiquette::the digest of $archive is not the published one; nothing was installed" >&2
  exit 2
fi
# `gh` can say from 2.68 on what was built from which tag.
if ! [[ $(gh attestation verify --help 2>/dev/null) == *--source-ref* ]]; then
  echo "::notice title=botiquette::the provenance of $archive was not checked: no gh here that can"
elif ! provenance "$archive"; then
  compile "gh does not confirm the provenance of $archive"
fi
if [[ $extension == zip ]]; then unzip -q -o "$archive"; else tar -xzf "$archive"; fi
mv "botiquette-$target/botiquette$suffix" "$root/bin/"
"$root/bin/botiquette" --version
