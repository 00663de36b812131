import { cell } from './cell.ts';
import type { Row } from './list.ts';
import { plain, plainJson } from './plain.ts';
import { table } from './table.ts';

/**
 * A structured value for people: a list of flat things is a table, or blocks if they hold texts of several lines;
 * everything else is JSON. @param terminal columns of it. Absent: nothing is cut off
 */
export function structured(value: unknown, terminal: number | undefined): string {
  if (!Array.isArray(value) || value.length === 0 || !value.every(isFlat)) return plainJson(value);
  if (value.some((row) => Object.values(row).some(hasLines))) return value.map(blocks).join('\n\n');
  // A series counts every hour; those in which nothing happened say nothing here.
  const rows = value.filter((row) => !isAllZero(row));
  const names = [...new Set(value.flatMap((row) => Object.keys(row)))];
  return table(
    names.map((name) => ({ title: plain(name).replace(/[A-Z]/g, (letter) => ` ${letter}`) })),
    rows.map((row) => names.map((name) => valueText(row[name]))),
    terminal,
  );
}

function blocks(row: Row): string {
  return Object.entries(row)
    .map(([name, value]) => {
      const lines = typeof value === 'string' ? value.split('\n').map(plain) : [valueText(value)];
      return lines.length === 1
        ? `${plain(name)}: ${lines[0]}`
        : [`${plain(name)}:`, ...lines.map((line) => `  ${line}`)].join('\n');
    })
    .join('\n');
}

/** Structured values carry no type; a time tells itself. */
function valueText(value: unknown): string {
  const isTime = typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value);
  return cell({ type: isTime ? 'time' : typeof value === 'boolean' ? 'flag' : 'text' }, value);
}

function hasLines(value: unknown): boolean {
  return typeof value === 'string' && value.includes('\n');
}

function isAllZero(row: Row): boolean {
  const numbers = Object.values(row).filter((value) => typeof value === 'number');
  return numbers.length > 1 && numbers.every((value) => value === 0);
}

function isFlat(value: unknown): value is Row {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((each) => typeof each !== 'object' || each === null || Array.isArray(each))
  );
}
