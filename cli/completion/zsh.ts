import type { Flag } from '../commands/command.ts';
import type { CompletedCommand } from './words.ts';
import { firstWords, secondWords, takesValue } from './words.ts';

/** Completion for zsh: a file `_gatehouse` on the fpath, or sourced after compinit. */
export function zshCompletion(commands: readonly CompletedCommand[]): string {
  const firsts = firstWords(commands);
  const topics = firsts.filter((first) => secondWords(first, commands).length > 0);
  return `#compdef gatehouse
# zsh completion of gatehouse
_gatehouse() {
  local -a path flags
  local word skip=""
  for word in "\${(@)words[2,CURRENT-1]}"; do
    if [[ -n "$skip" ]]; then skip=""; continue; fi
    case "$word" in
      (${valueFlags(commands).join('|')}) skip=1 ;;
      (-*|help) ;;
      (*) path+=("$word") ;;
    esac
  done
  case "\${(j: :)path}" in
    ("") compadd -- ${firsts.join(' ')} ;;
${topics.map((topic) => `    ("${topic}") compadd -- ${secondWords(topic, commands).join(' ')} ;;`).join('\n')}
${commands.map(commandCase).join('\n')}
  esac
}
if [[ "$funcstack[1]" == _gatehouse ]]; then _gatehouse "$@"; else compdef _gatehouse gatehouse; fi`;
}

function valueFlags(commands: readonly CompletedCommand[]): readonly string[] {
  return [...new Set(commands.flatMap(({ flags }) => flags.filter(takesValue).map(({ name }) => `--${name}`)))];
}

function commandCase({ words, flags, operand }: CompletedCommand): string {
  const name = words.join(' ');
  const choices = flags.filter((flag) => flag.choices).map((flag) => `(--${flag.name}) compadd -- ${listed(flag)} ;;`);
  const other = operand?.choices ? ` else compadd -- ${operand.choices.join(' ')};` : '';
  return `    ("${name}"|"${name} "*)
      case "\${words[CURRENT-1]}" in
${[...choices, `(*) if [[ -n "$skip" ]]; then _default; elif [[ "$PREFIX" == -* ]]; then compadd -- ${flags.map((flag) => `--${flag.name}`).join(' ')};${other} fi ;;`].map((line) => `        ${line}`).join('\n')}
      esac ;;`;
}

function listed({ choices = [] }: Flag): string {
  return choices.join(' ');
}
