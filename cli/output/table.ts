import { fit, width } from './width.ts';

export interface Column {
  readonly title: string;
  /** Never cut off: it is there to be copied. @default false */
  readonly whole?: boolean;
}

const gap = 2;
/** What a column keeps when space is short. */
const least = 10;

/**
 * Rows under headings. In a terminal the widest columns give way first, then the last ones are left out.
 * @param rows cells in the order of the columns, without control characters
 * @param terminal its columns. Absent: nothing is cut off
 */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[], terminal?: number): string {
  const natural = columns.map(({ title }, index) => {
    return Math.max(width(title), ...rows.slice(0, 10_000).map((row) => width(row[index] ?? '')));
  });
  const widths = terminal === undefined ? natural : fitted(columns, natural, terminal);
  const line = (cells: readonly string[]) => {
    const padded = widths.map((columnWidth, index) => fit(cells[index] ?? '', columnWidth));
    return padded.join(' '.repeat(gap)).trimEnd();
  };
  return [line(columns.map(({ title }) => title.toUpperCase())), ...rows.map(line)].join('\n');
}

/** Widths of the columns that stay. */
function fitted(columns: readonly Column[], natural: readonly number[], terminal: number): readonly number[] {
  let kept = natural.length;
  const leastOf = (index: number) =>
    columns[index]?.whole ? (natural[index] ?? 0) : Math.min(natural[index] ?? 0, least);
  const total = (widths: readonly number[]) => widths.reduce((sum, each) => sum + each + gap, -gap);
  while (kept > 2 && total(natural.slice(0, kept).map((_, index) => leastOf(index))) > terminal) kept -= 1;
  const widths = natural.slice(0, kept);
  while (total(widths) > terminal) {
    const widest = widths.reduce(
      (best, each, index) => (each > leastOf(index) && each > (best < 0 ? 0 : (widths[best] ?? 0)) ? index : best),
      -1,
    );
    if (widest < 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}
