import { width } from '../output/width.ts';
import { wrap } from './wrap.ts';

/** Columns of all help. */
export const helpColumns = 100;

/** Two columns: what to type, and what it means. */
export function helpRows(rows: readonly (readonly [string, string])[]): string {
  const left = Math.min(Math.max(0, ...rows.map(([term]) => width(term))), 34);
  const indent = ' '.repeat(left + 4);
  return rows
    .map(([term, about]) => {
      const wrapped = wrap(about, helpColumns - indent.length).replaceAll('\n', `\n${indent}`);
      const isLong = width(term) > left;
      return `  ${isLong ? `${term}\n${indent}` : `${term}${' '.repeat(left - width(term))}  `}${wrapped}`.trimEnd();
    })
    .join('\n');
}
