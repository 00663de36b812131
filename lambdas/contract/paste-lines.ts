// What a deployment prints and what the console shows are the same lines.
export { claudeCodeKeyLine, claudeCodeLine } from '../core/paste-lines.ts';
