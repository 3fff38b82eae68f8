# Put into what shtab writes: `check` may be left out, and a policy is a name or a file.
functions[_wpmi_lint_written_out]=$functions[_shtab_wpmi_lint]
functions[_wpmi_lint_commands]=$functions[_shtab_wpmi_lint_commands]
_shtab_wpmi_lint_commands() { _wpmi_lint_commands; _files }
_wpmi_lint_policy_files() {
  _alternative "policies:policy:(POLICIES)" "files:policy file:_files -g '*.wpmi'"
}
_shtab_wpmi_lint() {
  if [[ " COMMANDS help " != *" $words[2] "* ]] && (( CURRENT > 2 )) || [[ $words[2] == -* ]]; then
    words=($words[1] check "${(@)words[2,-1]}")
    (( CURRENT++ ))
  fi
  _wpmi_lint_written_out "$@"
}
