import type { UsageCount } from '../../ports/usage.ts';
import { counted, dayOf, hourOf, series } from '../../usage/series.ts';
import type { AdminHandler } from '../admin-handler.ts';
import { isoTime } from '../iso-time.ts';
import { moment } from './moment.ts';
import type { OverviewAnswer } from './overview-answer.ts';
import { topClients, topTools } from './tops.ts';

const hour = 3600;
const day = 86_400;
/** Reasons that are listed. */
const mostReasons = 20;

/** `overview.get` */
export const getOverview: AdminHandler = async (_request, _who, deps) => {
  const now = deps.clock.now();
  const hours = beginnings(now, hour, 24);
  const days = beginnings(now, day, 30);
  const read = (name: string): Promise<readonly UsageCount[]> => deps.usage.read(name);
  const [byHour, byDay, clients, tools] = await Promise.all([
    readAll(hours.map(series.hoursOf), read),
    readAll(days.map(series.daysOf), read),
    topClients(series.clientsOf(isoTime(now)), deps),
    topTools(series.toolsOf(isoTime(now)), deps),
  ]);
  const answer: OverviewAnswer = {
    hours: hours.map((from) => moment(from, within(byHour.get(series.hoursOf(from)), hourOf(from)))),
    days: days.map((from) => moment(from, within(byDay.get(series.daysOf(from)), dayOf(from)))),
    refusals: reasonsOf(days.flatMap((from) => within(byDay.get(series.daysOf(from)), dayOf(from)))),
    topClients: clients,
    topTools: tools,
  };
  return { ...answer };
};

/** Beginnings of the last `count` hours or days, the running one included; oldest first. */
function beginnings(now: number, length: number, count: number): readonly string[] {
  const last = now - (now % length);
  return Array.from({ length: count }, (_, index) => isoTime(last - (count - 1 - index) * length));
}

async function readAll(
  names: readonly string[],
  read: (name: string) => Promise<readonly UsageCount[]>,
): Promise<ReadonlyMap<string, readonly UsageCount[]>> {
  const distinct = [...new Set(names)];
  return new Map(await Promise.all(distinct.map(async (name) => [name, await read(name)] as const)));
}

/** Counters of one hour or day, without what they begin with. */
function within(counts: readonly UsageCount[] = [], beginning: string): readonly UsageCount[] {
  const prefix = `${beginning}#`;
  return counts
    .filter(({ name }) => name.startsWith(prefix))
    .map(({ name, count }) => ({ name: name.slice(prefix.length), count }));
}

function reasonsOf(counts: readonly UsageCount[]): OverviewAnswer['refusals'] {
  const sums = new Map<string, number>();
  for (const { name, count } of counts.filter((one) => one.name.startsWith(counted.refusal))) {
    const reason = name.slice(counted.refusal.length);
    sums.set(reason, (sums.get(reason) ?? 0) + count);
  }
  const all = [...sums].map(([reason, count]) => ({ reason, count }));
  return all.sort((a, b) => b.count - a.count).slice(0, mostReasons);
}
