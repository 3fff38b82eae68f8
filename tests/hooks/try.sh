#!/usr/bin/env bash
# Tries .pre-commit-hooks.yaml, and the configurations that the README and docs/ show, with the real pre-commit in real
# repositories: try.sh VENV
set -euo pipefail
project=$(cd "$(dirname "$0")/../.." && pwd)
venv=$(cd "$1" && pwd)
[ -x "$venv/bin/pre-commit" ] || "$venv/bin/pip" install -q pre-commit
precommit=$venv/bin/pre-commit
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PRE_COMMIT_HOME="$work/home" GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org \
  GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org

git clone -q --no-hardlinks "$project" "$work/hooks"
revision=$(git -C "$work/hooks" rev-parse HEAD)

# A new repository with a configuration from standard input, in which only the place and revision of the hooks differ.
repository() {
  git init -q "$work/$1"
  cd "$work/$1"
  sed -E "s#^( *- repo: ).*#\1$work/hooks#; s#^( *rev: ).*#\1$revision#" > .pre-commit-config.yaml
  "$precommit" install >/dev/null
  git add -A
  git commit -q -m "The hooks" >/dev/null 2>&1 || { echo "$1: the configuration alone cannot be committed" >&2; exit 1; }
}

# Commits everything; what the hooks say is kept in $output.
commit() {
  git add -A
  output=$(git commit -m "$1" 2>&1)
}

clean() { printf 'Internal MI for Leeds City Council only\nArea,Referrals\nNorth,140\nSouth,60\nTotal,200\n'; }

tries() {
  [[ $PWD == "$work"/* ]]  # never in a checkout
  clean > clean.csv
  commit "A clean table" || { echo "$1: a clean table was stopped: $output" >&2; exit 1; }
  clean | sed 's/140/143/; s/200/203/' > "with space.CSV"
  if commit "An unrounded count"; then
    echo "$1: an unrounded count passed the hook: $output" >&2
    exit 1
  fi
  grep -q 'WP101' <<<"$output"
  grep -q 'with space.CSV' <<<"$output"
  if grep -q '143' <<<"$output"; then
    echo "$1: the hook printed the figure it should mask" >&2
    exit 1
  fi
  git rm -q --cached "with space.CSV" && rm "with space.CSV"
  git reset -q
}

repository readme < <(sed -n '/^```yaml$/,/^```$/p' "$project/README.md" | grep -v '^```')
tries readme
cp "$project/policies/nhs-hes.wpmi" house.wpmi
commit "A policy" || { echo "a good policy was stopped: $output" >&2; exit 1; }
cp -r "$project/examples/release-repository/"{register.yaml,waivers.yaml,wpmi-lint.yaml} .
mkdir releases
cp -r "$project/examples/release-repository/releases/2012-09-leeds" releases
commit "A release in order" || { echo "a good release was stopped: $output" >&2; exit 1; }
sed -i 's/authority: .*/authority: Bradford City Council/' releases/2012-09-leeds/release.yaml
if commit "A release to somebody else"; then
  echo "a release that the agreement does not permit passed the hook: $output" >&2
  exit 1
fi
grep -q 'WP50' <<<"$output"

repository docs < "$project/docs/ci/pre-commit-config.yaml"
tries docs

echo "hooks: clean tables, a good policy and a good release pass; an unrounded count and a wrong recipient are stopped"
