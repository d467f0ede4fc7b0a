#!/bin/sh
# Installs botiquette for one user, below a prefix (by default ~/.local): the command, manual pages, completions.
# Downloads a released archive, and installs it only if its SHA-256 is the published one. Never asks for root.
#   sh install.sh [--version 0.1.0] [--prefix ~/.local]
set -eu

# A mirror of the releases can stand here.
repository=${BOTIQUETTE_REPOSITORY:-https://github.com/botiquette/botiquette}

usage() {
  cat <<'USAGE'
Installs botiquette for one user.

Usage: sh install.sh [--version VERSION] [--prefix FOLDER]

Options:
  --version VERSION  Such as 0.1.0 [default: the latest release; environment: BOTIQUETTE_VERSION]
  --prefix FOLDER    Below which bin/ and share/ are [default: ~/.local; environment: BOTIQUETTE_PREFIX]
  -h, --help         Print this
USAGE
}

fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

has() { command -v "$1" > /dev/null 2>&1; }

# The triple of this machine. The commands for Linux are static and run on every distribution.
target() {
  system=$(uname -s)
  processor=$(uname -m)
  case $processor in
    x86_64 | amd64) processor=x86_64 ;;
    aarch64 | arm64) processor=aarch64 ;;
    *) fail "no archive is released for the processor $processor; with Rust: cargo install --locked botiquette-cli" ;;
  esac
  case $system in
    Linux) echo "$processor-unknown-linux-musl" ;;
    Darwin)
      # A shell that Rosetta translates says x86_64.
      if [ "$(sysctl -n sysctl.proc_translated 2>/dev/null || true)" = 1 ]; then processor=aarch64; fi
      echo "$processor-apple-darwin"
      ;;
    MINGW* | MSYS* | CYGWIN*) fail "this is Windows; use install.ps1 in PowerShell" ;;
    *) fail "no archive is released for $system; with Rust: cargo install --locked botiquette-cli" ;;
  esac
}

download() {
  if has curl; then
    curl --fail --silent --show-error --location --proto-redir =https --retry 3 --output "$2" "$1"
  elif has wget; then
    wget -q -O "$2" "$1"
  else
    fail "curl or wget is needed to download"
  fi || fail "cannot download $1"
}

digest() {
  if has sha256sum; then
    sha256sum "$1" | cut -d ' ' -f 1
  elif has shasum; then
    shasum -a 256 "$1" | cut -d ' ' -f 1
  elif has openssl; then
    openssl dgst -sha256 "$1" | sed 's/^.*= *//'
  else
    fail "sha256sum, shasum or openssl is needed to check the download"
  fi
}

# place FILE FOLDER NAME: replaces what is there only when the new file is whole.
place() {
  if ! { mkdir -p "$2" && cp "$1" "$2/.$3.new" && mv -f "$2/.$3.new" "$2/$3"; } 2>/dev/null; then
    fail "cannot write to $2; choose another place with --prefix"
  fi
}

main() {
  version=${BOTIQUETTE_VERSION:-latest}
  prefix=${BOTIQUETTE_PREFIX:-${HOME:+$HOME/.local}}
  while [ $# -gt 0 ]; do
    case $1 in
      --version | --prefix)
        [ $# -ge 2 ] && [ -n "$2" ] || fail "$1 needs a value"
        if [ "$1" = --version ]; then version=$2; else prefix=$2; fi
        shift 2
        ;;
      -h | --help) usage; exit 0 ;;
      *) fail "unknown argument $1; --help lists what there is" ;;
    esac
  done
  [ -n "$prefix" ] || fail "there is no home folder; name a place with --prefix"
  version=${version#v}
  case $version in
    latest) from=$repository/releases/latest/download ;;
    *[!0-9A-Za-z.-]* | '' | [!0-9]*) fail "$version is no version such as 0.1.0" ;;
    *) from=$repository/releases/download/v$version ;;
  esac

  name=botiquette-$(target)
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  trap 'exit 1' HUP INT TERM
  download "$from/SHA256SUMS" "$folder/SHA256SUMS"
  download "$from/$name.tar.gz" "$folder/$name.tar.gz"
  published=$(sed -n "s/^\([0-9a-f]\{64\}\) [ *]$name\.tar\.gz\$/\1/p" "$folder/SHA256SUMS")
  [ -n "$published" ] || fail "SHA256SUMS does not name $name.tar.gz; nothing was installed"
  found=$(digest "$folder/$name.tar.gz")
  [ "$found" = "$published" ] || fail "$name.tar.gz has the SHA-256 $found, not $published; nothing was installed"

  tar -xzf "$folder/$name.tar.gz" -C "$folder"
  unpacked=$folder/$name
  said=$("$unpacked/botiquette" --version) || fail "the command does not run on this machine; nothing was installed"
  place "$unpacked/botiquette" "$prefix/bin" botiquette
  for page in "$unpacked"/man/*.1; do place "$page" "$prefix/share/man/man1" "${page##*/}"; done
  place "$unpacked/completions/botiquette.bash" "$prefix/share/bash-completion/completions" botiquette
  place "$unpacked/completions/botiquette.fish" "$prefix/share/fish/vendor_completions.d" botiquette.fish
  place "$unpacked/completions/_botiquette" "$prefix/share/zsh/site-functions" _botiquette
  echo "$said was installed to $prefix/bin"
  case :$PATH: in
    *:"$prefix/bin":*) ;;
    *) echo "note: $prefix/bin is not in PATH yet" ;;
  esac
}

# At the end, so that a script of which only a part arrived does nothing.
main "$@"
