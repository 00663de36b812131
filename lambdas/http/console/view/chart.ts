import type { Html } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';
import { number } from './number.ts';

export interface Chart {
  readonly name: string;
  readonly label: string;
  readonly span: 'hours' | 'days';
  /** Oldest first, one for each hour or day. */
  readonly points: readonly { readonly from: string; readonly count: number }[];
}

/** Height of the drawing; its width is ten for each bar. */
const height = 100;

/** Bars over time: the sum in figures, the drawing with a name that tells the same, and the numbers as a table. */
export function chart({ name, label, span, points }: Chart): Html {
  const sum = points.reduce((total, { count }) => total + count, 0);
  const top = niceTop(Math.max(0, ...points.map(({ count }) => count)));
  const id = `chart-${name}`;
  return html`<section class="panel chart" aria-labelledby="${id}">
    <h2 id="${id}">${label}</h2>
    <p class="sum">${number(sum)}</p>
    <div class="plot">
      ${drawing(label, span, points, top, sum)}
      <div class="scale" aria-hidden="true">${[top, top / 2, 0].map((mark) => html`<span>${number(mark)}</span>`)}</div>
      ${axis(span, points)}
    </div>
    ${table(label, span, points)}
  </section>`;
}

function drawing(label: string, span: Chart['span'], points: Chart['points'], top: number, sum: number): Html {
  const width = Math.max(1, points.length) * 10;
  const most = Math.max(0, ...points.map(({ count }) => count));
  const unit = span === 'hours' ? 'hour' : 'day';
  const name = `${label} by ${unit}: ${number(sum)} in all, at most ${number(most)} in one ${unit}`;
  return html`<svg role="img" aria-label="${name}" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none">
    <path class="grid" d="M0 .5H${width}M0 ${height / 2}H${width}" vector-effect="non-scaling-stroke" />
    ${points.map(({ from, count }, at) => {
      // What happened at all is seen, however small it is.
      const size = count === 0 ? 0 : Math.max(1.5, (count / top) * height);
      return html`<rect class="fill" x="${at * 10 + 1.5}" y="${round(height - size)}" width="7" height="${round(size)}">
        <title>${moment(from, span)}: ${number(count)}</title>
      </rect>`;
    })}
    <path class="base" d="M0 ${height - 0.5}H${width}" vector-effect="non-scaling-stroke" />
  </svg>`;
}

function axis(span: Chart['span'], points: Chart['points']): Html {
  const marks = [points[0], points[Math.floor(points.length / 2)], points.at(-1)];
  return html`<div class="axis" aria-hidden="true">
    ${marks.map((mark) => mark && html`<span>${tick(mark.from, span)}</span>`)}
  </div>`;
}

function table(label: string, span: Chart['span'], points: Chart['points']): Html {
  return html`<details class="numbers">
    <summary>Numbers<span class="hidden"> of ${label}</span></summary>
    <table class="plain">
      <thead>
        <tr>
          <th scope="col">${span === 'hours' ? 'Hour' : 'Day'}</th>
          <th scope="col">${label}</th>
        </tr>
      </thead>
      <tbody>
        ${points.map(
          ({ from, count }) =>
            html`<tr>
              <th scope="row">${moment(from, span)}</th>
              <td>${number(count)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </details>`;
}

/** A round number at or above the largest, whose half is a whole number too. */
function niceTop(most: number): number {
  if (most <= 2) return 2;
  const unit = 10 ** Math.floor(Math.log10(most));
  const steps = unit === 1 ? [2, 4, 6, 8, 10] : [1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10];
  const factor = steps.find((step) => step * unit >= most) ?? 10;
  return factor * unit;
}

function moment(iso: string, span: Chart['span']): string {
  return span === 'hours' ? `${iso.slice(0, 10)} ${iso.slice(11, 16)}` : iso.slice(0, 10);
}

function tick(iso: string, span: Chart['span']): string {
  return span === 'hours' ? iso.slice(11, 16) : iso.slice(5, 10);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
