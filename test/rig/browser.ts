import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import sparticuz from '@sparticuz/chromium';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';

/** The single process is for machines that forbid namespaces; web security stays on, because it is under test. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--no-zygote',
  '--disable-dev-shm-usage',
];

/**
 * A headless Chromium: the one inside the npm package, else the system's.
 * @returns undefined where none starts; with CI=true that is an error
 * @throws Error in CI, with every reason
 */
export async function launchBrowser(): Promise<Browser | undefined> {
  const reasons: string[] = [];
  for (const locate of [() => sparticuz.executablePath(), systemBrowser]) {
    try {
      return await chromium.launch({ executablePath: await locate(), args: flags, timeout: 30_000 });
    } catch (error) {
      reasons.push(String(error).slice(0, 500));
    }
  }
  const message = `no Chromium starts on this machine:\n${reasons.join('\n')}`;
  if (process.env['CI'] === 'true') throw new Error(message);
  console.warn(message);
  return undefined;
}

function systemBrowser(): Promise<string> {
  const path = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
  return path ? Promise.resolve(path) : Promise.reject(new Error('no Chromium under /usr/bin'));
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResults {
  readonly violations: readonly { id: string; help: string; nodes: readonly { html: string }[] }[];
}

/** What a look can change: the structure of a page is the same in all of them. */
const rulesOfLook = {
  light: undefined,
  dark: ['color-contrast', 'link-in-text-block'],
  phone: ['target-size', 'scrollable-region-focusable'],
} as const;

/**
 * Runs axe-core on the page as it looks in light, and those of its rules that can tell a difference in dark and on a
 * phone of 360 px; every violation as one line.
 */
export async function findAccessibilityViolations(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  const before = page.viewportSize();
  // page.evaluate runs through the debugger, so the page's own Content-Security-Policy does not stop axe.
  await page.evaluate(axeSource);
  for (const look of ['light', 'dark', 'phone'] as const) {
    await page.emulateMedia({ colorScheme: look === 'dark' ? 'dark' : 'light' });
    await page.setViewportSize(look === 'phone' ? { width: 360, height: 720 } : { width: 1200, height: 800 });
    found.push(...(await runAxe(page, rulesOfLook[look])).map((line) => `${look}: ${line}`));
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (overflow > 0) found.push(`${look}: page is ${overflow} px wider than the window`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  if (before) await page.setViewportSize(before);
  return found;
}

interface Axe {
  run(options: { readonly runOnly?: readonly string[] }): Promise<AxeResults>;
}

/** @param rules @default all */
async function runAxe(page: Page, rules: readonly string[] | undefined): Promise<readonly string[]> {
  const options = { resultTypes: ['violations'], ...(rules && { runOnly: rules }) };
  const results = await page.evaluate((how) => (globalThis as unknown as { axe: Axe }).axe.run(how), options);
  return results.violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes[0]?.html.slice(0, 160) ?? ''})`);
}
