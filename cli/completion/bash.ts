import type { CompletedCommand } from './words.ts';
import { firstWords, secondWords, takesValue } from './words.ts';

/** Completion for bash 3.2 and later. */
export function bashCompletion(commands: readonly CompletedCommand[]): string {
  const firsts = firstWords(commands);
  const topics = firsts.filter((first) => secondWords(first, commands).length > 0);
  const values = [...new Set(commands.flatMap(({ flags }) => flags.filter(takesValue).map(({ name }) => `--${name}`)))];
  return `# bash completion of gatehouse: source <(gatehouse completion bash)
_gatehouse() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" word path="" skip="" index words=""
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; index++)); do
    word="\${COMP_WORDS[index]}"
    if [[ -n "$skip" ]]; then skip=""; continue; fi
    case "$word" in
      ${values.join('|')}) skip=1 ;;
      -*|help) ;;
      *) path="\${path:+$path }$word" ;;
    esac
  done
  case "$path" in
    "") words="${firsts.join(' ')}" ;;
${topics.map((topic) => `    "${topic}") words="${secondWords(topic, commands).join(' ')}" ;;`).join('\n')}
    *) words="" ;;
  esac
  case "$path" in
${commands.map(flagsOf).join('\n')}
    *) [[ "$current" == -* ]] && words="--help" ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _gatehouse gatehouse`;
}

function flagsOf({ words, flags, operand }: CompletedCommand): string {
  const name = words.join(' ');
  const chosen = flags.filter(({ choices }) => choices);
  const ofFlags = chosen.map(({ name: flag, choices = [] }) => `--${flag}) words="${choices.join(' ')}" ;;`);
  const all = `words="${flags.map((flag) => `--${flag.name}`).join(' ')}"`;
  return `    "${name}"|"${name} "*)
      case "$previous" in
${ofFlags.map((line) => `        ${line}`).join('\n')}
        *) if [[ -n "$skip" ]]; then words=""; elif [[ "$current" == -* ]]; then ${all}; else words="${operand?.choices?.join(' ') ?? ''}"; fi ;;
      esac ;;`.replace(/\n\n/g, '\n');
}
