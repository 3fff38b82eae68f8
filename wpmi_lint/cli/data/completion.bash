# Appended to what shtab writes: `check` may be left out, and a policy is a name or a file.
_wpmi_lint() {
  local first="${COMP_WORDS[1]}"
  if [[ " COMMANDS help " != *" $first "* && ( $COMP_CWORD -gt 1 || $first == -* ) ]]; then
    COMP_WORDS=("${COMP_WORDS[0]}" check "${COMP_WORDS[@]:1}")
    COMP_CWORD=$((COMP_CWORD + 1))
  fi
  _shtab_wpmi_lint "$@"
}
_wpmi_lint_policy_files() {
  compgen -W "POLICIES" -- "$1"
  compgen -f -X '!*.wpmi' -- "$1"
  compgen -d -- "$1"
}
complete -o bashdefault -o default -F _wpmi_lint wpmi-lint
