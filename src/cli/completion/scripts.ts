import { ASK, type Shell } from "./shells.ts";

/** `compgen -W` would run what stands in a file name; here nothing is read but words that end in a NUL. */
const BASH = `# campaignctl's completion for bash. In ~/.bashrc: eval "$(campaignctl completion bash)"
_campaignctl() {
  local word
  COMPREPLY=()
  while IFS= read -r -d '' word; do
    COMPREPLY+=("$word")
  done < <(campaignctl ${ASK} bash "\${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null)
}
complete -o nospace -F _campaignctl campaignctl
`;

const ZSH = `#compdef campaignctl
# campaignctl's completion for zsh. In ~/.zshrc, behind compinit: eval "$(campaignctl completion zsh)"
_campaignctl() {
  local word about
  local -a whole whole_about open open_about
  while IFS= read -r -d '' word && IFS= read -r -d '' about; do
    if [[ $word == *[/=] ]]; then
      open+=("$word") open_about+=("$word")
    else
      whole+=("$word") whole_about+=("$word\${about:+  -- $about}")
    fi
  done < <(campaignctl ${ASK} zsh "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null)
  compadd -d whole_about -a -- whole
  compadd -S '' -d open_about -a -- open
}
if [ "$funcstack[1]" = _campaignctl ]; then _campaignctl "$@"; else compdef _campaignctl campaignctl; fi
`;

const FISH = `# campaignctl's completion for fish: campaignctl completion fish > ~/.config/fish/completions/campaignctl.fish
function __campaignctl_complete
    set -l before (commandline -opc)
    campaignctl ${ASK} fish $before[2..-1] (commandline -ct) 2>/dev/null | string split0
end
complete -c campaignctl -f -a '(__campaignctl_complete)'
`;

const SCRIPTS: Readonly<Record<Shell, string>> = { bash: BASH, zsh: ZSH, fish: FISH };

/** The completion script of a shell. It knows no command and no flag: it asks the program at each press of the key. */
export function completionScript(shell: Shell): string {
  return SCRIPTS[shell];
}
