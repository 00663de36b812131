import type { Context } from 'hono';
import type { KnownOperation } from '../../contract/admin/index.ts';
import { runOperation } from '../admin/run-operation.ts';
import type { Answer } from '../bind-routes.ts';
import { senderOf } from '../page-response.ts';
import { admit } from './admit.ts';
import { answerTrouble } from './answer-trouble.ts';
import type { ConsoleDeps, ConsoleDesk, Run } from './console-desk.ts';
import type { Target } from './find-page.ts';
import { findPage } from './find-page.ts';
import { linksOf } from './links.ts';
import { consoleLayout } from './look/layout.ts';
import { stylesheet } from './look/stylesheet.ts';
import { showDetails } from './show-details.ts';
import { showForm } from './show-form.ts';
import { showList } from './show-list.ts';
import { showOverview } from './show-overview.ts';
import { takeForm } from './take-form.ts';

/** What answers the console's routes; `show` and `take` throw what happens before they know who is there. */
export interface Console {
  /** `GET /admin` and `GET /admin/{page+}` */
  readonly show: Answer;
  /** `POST /admin/{page+}` */
  readonly take: Answer;
  /** The page for what was refused before either of them. */
  readonly refuse: (error: unknown, context: Context) => Response;
}

/**
 * The pages of administrators, generated from the table of operations (F-D5). Whatever goes wrong is a page too.
 * @param run @default the operation itself
 */
export function adminConsole(deps: ConsoleDeps, run: Run = runnerOf(deps)): Console {
  const { issuer, settings } = deps;
  const send = senderOf(settings.brand, issuer, { stylesheet, layout: consoleLayout });
  const desk: ConsoleDesk = { deps, run, send, links: linksOf(issuer) };
  return {
    show: (context) => show(context, desk),
    take: (context) => takeForm(context, targetOf(context), desk),
    refuse: (error, context) => answerTrouble(error, context, desk, { links: desk.links }),
  };
}

async function show(context: Context, desk: ConsoleDesk): Promise<Response> {
  const admitted = await admit(context, desk);
  if (admitted instanceof Response) return admitted;
  const { visit } = admitted;
  const target = targetOf(context);
  try {
    switch (target?.kind) {
      case 'overview':
        return await showOverview(context, visit);
      case 'list':
        return await showList(context, target.resource, visit);
      case 'details':
        return await showDetails(context, target, visit);
      case 'form':
        return await showForm(target, visit);
      default:
        return answerTrouble(undefined, context, desk, visit.frame);
    }
  } catch (error) {
    return answerTrouble(error, context, desk, visit.frame);
  }
}

function targetOf(context: Context): Target | undefined {
  const path = /^\/admin\/?(.*)$/.exec(context.req.path)?.[1] ?? '';
  return path === '' ? { kind: 'overview' } : findPage(path);
}

function runnerOf(deps: ConsoleDeps): Run {
  return (operation, request, who) =>
    runOperation(operation as KnownOperation, { key: '', input: {}, page: { limit: 1 }, ...request }, who, deps);
}
