#!/usr/bin/env bash
# Tries .pre-commit-hooks.yaml with the real pre-commit in a real repository: try.sh VENV
set -euo pipefail
project=$(cd "$(dirname "$0")/../.." && pwd)
venv=$1
[ -x "$venv/bin/pre-commit" ] || "$venv/bin/pip" install -q pre-commit
precommit=$(cd "$venv/bin" && pwd)/pre-commit
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PRE_COMMIT_HOME="$work/home" GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org \
  GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org

git clone -q --no-hardlinks "$project" "$work/hooks"
revision=$(git -C "$work/hooks" rev-parse HEAD)
git init -q "$work/reports"
cd "$work/reports"
cat > .pre-commit-config.yaml <<CONFIG
repos:
  - repo: $work/hooks
    rev: $revision
    hooks:
      - id: wpmi-lint
      - id: wpmi-lint-policy
CONFIG
printf 'Internal MI for Leeds City Council only\nArea,Referrals\nNorth,140\nSouth,60\nTotal,200\n' > clean.csv
cp "$project/policies/nhs-hes.wpmi" house.wpmi
git add -A
"$precommit" run --all-files

printf 'Internal MI for Leeds City Council only\nArea,Referrals\nNorth,143\nSouth,60\nTotal,203\n' > "with space.CSV"
git add -A
if output=$("$precommit" run --all-files); then
  echo "an unrounded count passed the hook" >&2
  exit 1
fi
grep -q 'WP101' <<<"$output"
grep -q 'with space.CSV' <<<"$output"
if grep -q '143' <<<"$output"; then
  echo "the hook printed the figure it should mask" >&2
  exit 1
fi
echo "hooks: a clean table and a good policy pass, an unrounded count is stopped and masked"
