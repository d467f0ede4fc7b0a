# shellcheck shell=bash
# What the scripts of the action share. Sourced by them; runs nothing by itself.

# Where install.sh puts it.
# shellcheck disable=SC2034
botiquette="$RUNNER_TEMP/botiquette/bin/botiquette"

# Fetches the revision that judges, which a shallow checkout does not hold. If it cannot be had, the command that needs
# it says so and fails.
fetch_base() {
  git cat-file -e "$1^{commit}" 2>/dev/null || \
    git fetch --quiet --no-tags --no-recurse-submodules --depth=1 -- origin "$1" || true
}

# Puts the lines of the input `paths` into the array of this name.
read_paths() {
  local path
  paths=()
  while IFS= read -r path; do
    if [[ -n $path ]]; then paths+=("$path"); fi
  done <<< "$1"
}
