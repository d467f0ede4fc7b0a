#!/usr/bin/env bash
# Unpacks the archives for musl as the Dockerfile wants them: bash packaging/context.sh ARCHIVES FOLDER
set -euo pipefail
archives=${1:?folder with the archives} out=${2:?folder}
unpack() {
  mkdir -p "$out/$2"
  tar -xzf "$archives/botiquette-$1-unknown-linux-musl.tar.gz" -C "$out/$2" --strip-components 1
}
unpack x86_64 amd64
unpack aarch64 arm64
