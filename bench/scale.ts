/**
 * Measures what a full house costs: the same requests at two Gatehouses of this machine, an empty one and one with
 * 100,000 clients, grants, consents and API keys. The requests take turns, so that what else the machine does falls on
 * both. `node bench/scale.ts [items] [rounds] [part of a request's name]`; prints a table of medians.
 */
import { startGatehouse } from '../test/rig/gatehouse.ts';
import { load } from './load.ts';
import type { Probe } from './probes.ts';
import { openHouse } from './probes.ts';

const items = Number(process.argv[2] ?? 100_000);
const rounds = Number(process.argv[3] ?? 60);
const only = process.argv[4] ?? '';

const app = 'bench/app.ts';
const gatehouses = [await startGatehouse({ app }), await startGatehouse({ app })];
const [empty, full] = gatehouses;
if (!empty || !full) throw new Error('two are needed');
try {
  const start = performance.now();
  await load(full.statePath, Object.values(full.mcpUrls)[0] ?? '', items);
  console.log(`${items} clients, grants, consents and API keys each: written in ${seconds(start)} s\n`);
  const houses = await Promise.all([openHouse(empty), openHouse(full)]);
  console.log('| request | empty, ms | full, ms | ratio |\n| --- | ---: | ---: | ---: |');
  for (const name of (Object.keys(houses[0]) as Probe[]).filter((probe) => probe.includes(only))) {
    const [first = NaN, second = NaN] = await compare(
      () => houses[0][name](),
      () => houses[1][name](),
    );
    console.log(`| ${name} | ${first.toFixed(1)} | ${second.toFixed(1)} | ${(second / first).toFixed(2)} |`);
  }
} finally {
  for (const gatehouse of gatehouses) await gatehouse.stop();
}

/** Medians of the milliseconds that each takes; the first rounds warm up and do not count. */
async function compare(...requests: (() => Promise<number>)[]): Promise<number[]> {
  const times = requests.map((): number[] => []);
  for (let round = -5; round < rounds; round++) {
    // Whoever goes first finds colder caches: they take turns.
    const order = round % 2 === 0 ? [0, 1] : [1, 0];
    for (const index of order) {
      const time = await requests[index]!();
      if (round >= 0) times[index]!.push(time);
    }
  }
  return times.map((all) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? NaN);
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(0);
}
