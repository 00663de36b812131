import type { CompletedCommand } from './words.ts';
import { firstWords, flagsWithOffers, flagsWithValue, secondWords, topicWords } from './words.ts';

/** Completion for bash 3.2 and later. */
export function bashCompletion(commands: readonly CompletedCommand[]): string {
  return `# bash completion of gatehouse: source <(gatehouse completion bash)
_gatehouse() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  local word named="" value="" words="" index
  for ((index = 1; index < COMP_CWORD; index++)); do
    word="\${COMP_WORDS[index]}"
    if [[ -n "$value" ]]; then value=""; continue; fi
    case "$word" in
      ${flagsWithValue(commands).join('|')}) value=1 ;;
      -*|help) ;;
      *) named="\${named:+$named }$word" ;;
    esac
  done
  case "$named" in
    "") words="${firstWords(commands).join(' ')}" ;;
${topicWords(commands)
  .map((topic) => `    "${topic}") words="${secondWords(topic, commands).join(' ')}" ;;`)
  .join('\n')}
${commands.map(caseOf).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _gatehouse gatehouse`;
}

function caseOf({ words, flags, operand }: CompletedCommand): string {
  const name = words.join(' ');
  const values = flagsWithOffers(flags).map((flag) => `          --${flag.name}) words="${flag.offers}" ;;\n`);
  return `    "${name}"|"${name} "*)
      if [[ -n "$value" ]]; then
        case "$previous" in
${values.join('')}          *) ;;
        esac
      elif [[ "$current" == -* ]]; then
        words="${flags.map((flag) => `--${flag.name}`).join(' ')}"
      else
        words="${operand?.choices?.join(' ') ?? ''}"
      fi ;;`;
}
