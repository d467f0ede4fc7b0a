#!/bin/sh
# For any other build server: lints the folder it is started in, keeps reports in `reports/`, and fails the build
# where a bot would harm somebody (1) or where something could not be read (2).
set -eu
mkdir -p reports
code=0
botiquette lint \
  --format concise \
  --format sarif --output reports/botiquette.sarif \
  --format junit --output reports/botiquette.xml || code=$?
case $code in
  0) echo "botiquette: nobody is harmed" ;;
  1) echo "botiquette: see the findings above; \`botiquette explain RULE\` says more" ;;
  *) echo "botiquette: something could not be linted" ;;
esac
exit "$code"
