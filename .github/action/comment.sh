#!/usr/bin/env bash
# Says in one comment what a pull request changes for people. A later push updates the comment; where nothing changes and
# nothing was said before, nothing is posted. The Markdown goes to the page of the run in any case. It stays a file: no
# word of it becomes code or an argument.
# The environment: PATHS, BASE, NUMBER (of the pull request), REPOSITORY (owner/name), GH_TOKEN.
set -euo pipefail
# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

page="$RUNNER_TEMP/botiquette/comment.md"
marker='<!-- botiquette-diff -->'
nothing='Nothing changes for people, as far as the files tell.'
# As many characters as GitHub takes. `diff` keeps within them.
most=65536

unposted() {
  echo "::warning title=botiquette::no comment was posted: $1. What it would say is on the page of this run."
  exit 0
}

if [[ $BASE == none ]]; then
  echo "::warning title=botiquette::no comment was posted: the input base is none, so there is nothing to compare with"
  exit 0
fi
if ! [[ $NUMBER =~ ^[0-9]+$ ]]; then
  echo "this is no run for a pull request" >&2
  exit 2
fi

fetch_base "$BASE"
# shellcheck disable=SC2153
read_paths "$PATHS"
code=0
"$botiquette" diff --format markdown "--revision=$BASE" -- ${paths[@]+"${paths[@]}"} > "$page" || code=$?
if [[ $(head -n 1 "$page") != "$marker" ]]; then
  echo "the change could not be compared with its base" >&2
  exit "$((code > 0 ? code : 2))"
fi
if (( $(LC_ALL=C.UTF-8 wc -m < "$page") > most )); then
  printf '%s\n%s\n' "$marker" 'What this change does to people is too long for a comment.' > "$page"
fi
if [[ -n ${GITHUB_STEP_SUMMARY:-} ]]; then
  cat "$page" >> "$GITHUB_STEP_SUMMARY"
fi

command -v gh > /dev/null || unposted "there is no gh on this machine"
comments="repos/$REPOSITORY/issues/$NUMBER/comments"
# Only comments of workflows: somebody else may have written the marker, too.
own="select(.user.login == \"github-actions[bot]\" and (.body | startswith(\"$marker\")))"
earlier=$(gh api --paginate "$comments?per_page=100" --jq ".[] | $own | .id") || unposted "the comments cannot be read"
earlier=${earlier%%$'\n'*}
if [[ -n $earlier ]]; then
  gh api --silent --method PATCH "repos/$REPOSITORY/issues/comments/$earlier" -F "body=@$page" \
    || unposted "the token may not write (pull-requests: write), as those for forks never may"
elif ! grep -qxF "$nothing" "$page"; then
  gh api --silent --method POST "$comments" -F "body=@$page" \
    || unposted "the token may not write (pull-requests: write), as those for forks never may"
fi
