/**
 * Each asks `multivisor cli completion --words -- …` what may stand there. bash splits words at colons, which uids are full
 * of: so its script splits the line itself, and gives back only what follows the last colon.
 */
const bash = `# bash completion of multivisor: source <(multivisor cli completion bash)
_multivisor() {
  local line=\${COMP_LINE:0:COMP_POINT} program=$1 word cut=""
  local -a words
  read -ra words <<< "$line"
  [[ $line == *[[:space:]] ]] && words+=("")
  words=("\${words[@]:1}")
  if [[ \${program##*/} == multivisor ]]; then
    if ((\${#words[@]} < 2)); then
      COMPREPLY=($(compgen -W "agent hub cli demo" -- "\${words[0]}"))
      return
    fi
    [[ \${words[0]} == cli ]] || return
    words=("\${words[@]:1}")
    program="$program cli"
  fi
  word=\${words[-1]}
  [[ $COMP_WORDBREAKS == *:* && $word == *:* ]] && cut=\${word%:*}:
  local IFS=$'\\n'
  COMPREPLY=($(IFS=' '; $program completion --words -- "\${words[@]}" 2> /dev/null))
  COMPREPLY=("\${COMPREPLY[@]#"$cut"}")
}
complete -F _multivisor multivisor multivisor-cli
`;

const zsh = `#compdef multivisor multivisor-cli
# zsh completion of multivisor: source <(multivisor cli completion zsh), after compinit
_multivisor() {
  local -a program found
  local -i skip=1
  program=($words[1])
  if [[ \${words[1]:t} == multivisor ]]; then
    if ((CURRENT == 2)); then
      compadd agent hub cli demo
      return
    fi
    [[ $words[2] == cli ]] || return
    program+=(cli)
    skip=2
  fi
  found=(\${(f)"$($program completion --words -- \${words[skip+1,CURRENT-1]} "\${words[CURRENT]}" 2> /dev/null)"})
  compadd -a found
}
compdef _multivisor multivisor multivisor-cli
`;

const fish = `# fish completion of multivisor: multivisor cli completion fish > ~/.config/fish/completions/multivisor.fish
function __multivisor_cli
  set -l words (commandline -opc)
  set -l skip 2
  set -l program $words[1]
  if test (basename $words[1]) = multivisor
    test "$words[2]" = cli; or return
    set program $words[1] cli
    set skip 3
  end
  $program completion --words -- $words[$skip..] (commandline -ct) 2> /dev/null
end
complete -c multivisor -f -n 'test (count (commandline -opc)) -eq 1' -a 'agent hub cli demo'
complete -c multivisor -f -n 'test (count (commandline -opc)) -gt 1' -a '(__multivisor_cli)'
complete -c multivisor-cli -f -a '(__multivisor_cli)'
`;

export const COMPLETION_SCRIPTS = { bash, zsh, fish } as const;
