import type { CompletedCommand } from './words.ts';
import { firstWords, flagsWithOffers, flagsWithValue, secondWords, topicWords } from './words.ts';

/** Completion for zsh: a file `_gatehouse` on the fpath, or sourced after compinit. */
export function zshCompletion(commands: readonly CompletedCommand[]): string {
  return `#compdef gatehouse
# zsh completion of gatehouse
_gatehouse() {
  local word named="" value=""
  for word in "\${(@)words[2,CURRENT-1]}"; do
    if [[ -n "$value" ]]; then value=""; continue; fi
    case "$word" in
      (${flagsWithValue(commands).join('|')}) value=1 ;;
      (-*|help) ;;
      (*) named="\${named:+$named }$word" ;;
    esac
  done
  case "$named" in
    ("") compadd -- ${firstWords(commands).join(' ')} ;;
${topicWords(commands)
  .map((topic) => `    ("${topic}") compadd -- ${secondWords(topic, commands).join(' ')} ;;`)
  .join('\n')}
${commands.map(caseOf).join('\n')}
  esac
}
if [[ "\${funcstack[1]}" == _gatehouse ]]; then _gatehouse "$@"; else compdef _gatehouse gatehouse; fi`;
}

function caseOf({ words, flags, operand }: CompletedCommand): string {
  const name = words.join(' ');
  const values = flagsWithOffers(flags).map((flag) => `          (--${flag.name}) compadd -- ${flag.offers} ;;\n`);
  return `    ("${name}"|"${name} "*)
      if [[ -n "$value" ]]; then
        case "\${words[CURRENT-1]}" in
${values.join('')}          (*) _default ;;
        esac
      elif [[ "$PREFIX" == -* ]]; then
        compadd -- ${flags.map((flag) => `--${flag.name}`).join(' ')}
      else
        ${operand?.choices ? `compadd -- ${operand.choices.join(' ')}` : 'return 1'}
      fi ;;`;
}
