import { connectedApps } from '../../core/account/connected-apps.ts';
import { administratorOf } from '../../core/admin/administrator-of.ts';
import { listApiKeys } from '../../core/api-keys/list-api-keys.ts';
import { parameter } from '../../core/parameters.ts';
import type { Answer } from './account-desk.ts';
import { say } from './say.ts';
import { keyServers } from './key-servers.ts';
import { overviewPage } from './view/overview-page.ts';

/** Keys on the first page. */
const mostKeys = 10;

/** `/account`. */
export const showOverview: Answer = async (visit) => {
  const { desk, who, query } = visit;
  const { deps, links } = desk;
  const { person } = who;
  const [connected, keys] = await Promise.all([
    connectedApps(person.sub, parameter(query, 'apps'), deps),
    listApiKeys({ owner: person.sub }, { limit: mostKeys }, deps),
  ]);
  const view = {
    person,
    connected,
    keys,
    servers: deps.servers,
    takesKeys: keyServers(deps).length > 0,
    isAdministrator: administratorOf(person, deps.settings.administrators) !== undefined,
    done: parameter(query, 'done'),
    now: deps.clock.now(),
  };
  return say(visit, 'Your access', overviewPage(view, links));
};
