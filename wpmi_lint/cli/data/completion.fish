# Appended to what shtab writes: `check` may be left out, and a policy is a name or a file.
function _shtab_wpmi_lint_using
  _shtab_wpmi_lint_scan
  if test -z "$_shtab_wpmi_lint_cmdpath"
    if test $_shtab_wpmi_lint_npos -gt 0; or string match -q -- '-*' (commandline -opc)[2..] (commandline -ct)
      set -g _shtab_wpmi_lint_cmdpath check
    end
  end
  test "$_shtab_wpmi_lint_cmdpath" = "$argv"
end
function _wpmi_lint_policy_files
  string split ' ' 'POLICIES'
  __fish_complete_suffix .wpmi
end
complete -c wpmi-lint -n '_shtab_wpmi_lint_using; and test $_shtab_wpmi_lint_npos -eq 0' -F
