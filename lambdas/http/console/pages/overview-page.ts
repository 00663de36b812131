import type { AdminAnswer } from '../../../core/admin/admin-handler.ts';
import type { Moment, OverviewAnswer } from '../../../core/admin/overview/overview-answer.ts';
import { adminResources } from '../../../contract/admin/resources.ts';
import type { Html } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';
import type { ConsolePage, Frame } from '../look/layout.ts';
import type { Bar } from '../view/bar-list.ts';
import { barList } from '../view/bar-list.ts';
import { chart } from '../view/chart.ts';
import { pageHead } from './page-head.ts';

export type Span = 'hours' | 'days';

const series = [
  ['signIns', 'Sign-ins'],
  ['tokens', 'Tokens issued'],
  ['calls', 'Tool calls'],
  ['refusals', 'Refusals'],
] as const satisfies readonly (readonly [keyof Moment, string])[];

/** What happened lately, at a glance. */
export function overviewPage(answer: AdminAnswer, span: Span, frame: Frame): ConsolePage {
  const overview = answer as Partial<OverviewAnswer>;
  const moments = overview[span] ?? [];
  const { title, about } = adminResources.overview;
  return {
    title,
    current: 'overview',
    frame,
    content: html`${pageHead({ title, about })} ${spans(span, frame)}
      <div class="charts">
        ${series.map(([name, label]) => {
          const points = moments.map((moment) => ({ from: moment.from, count: moment[name] }));
          return chart({ name, label, span, points });
        })}
      </div>
      <div class="tops">${tops(overview, frame).map(([label, bars, nothing]) => barList(label, bars, nothing))}</div>`,
  };
}

function spans(current: Span, { links }: Frame): Html {
  const choices = [
    ['hours', 'Last 24 hours', links.overview],
    ['days', 'Last 30 days', `${links.overview}?span=days`],
  ] as const;
  return html`<nav class="spans" aria-label="Time">
    ${choices.map(([span, label, address]) => {
      const isCurrent = span === current && html`aria-current="true"`;
      return html`<a href="${address}" ${isCurrent}>${label}</a>`;
    })}
  </nav>`;
}

function tops(
  { refusals = [], topClients = [], topTools = [] }: Partial<OverviewAnswer>,
  { links }: Frame,
): readonly (readonly [string, readonly Bar[], string])[] {
  const { fields } = adminResources.overview;
  const label = (name: string) => fields.find((field) => field.name === name)?.label ?? name;
  return [
    [label('topClients'), topClients.map(clientBar(links)), 'No client did anything yet.'],
    [
      label('topTools'),
      topTools.map(({ server, tool, count }) => ({ name: tool, detail: server, count })),
      'No tool was called yet.',
    ],
    [label('refusals'), refusals.map(({ reason, count }) => ({ name: reason, count })), 'Nothing was refused.'],
  ];
}

function clientBar(links: Frame['links']): (top: OverviewAnswer['topClients'][number]) => Bar {
  return ({ client, clientName, count }) => {
    const apiKey = /^key:(.+)$/.exec(client)?.[1];
    const address = apiKey === undefined ? links.row('clients', client) : links.row('keys', apiKey);
    return { name: clientName ?? client, count, address };
  };
}
