import { readForms } from './html-forms.ts';
import type { JsonAnswer, Parameters } from './oauth-client.ts';
import { OAuthClient, readJson } from './oauth-client.ts';
import type { Answer, Stop } from './person.ts';
import { isSignIn, Person } from './person.ts';

export const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

/** A program without a browser: a public client that asks and polls (RFC 8628). */
export class Terminal {
  readonly client: OAuthClient;

  constructor(client: OAuthClient) {
    this.client = client;
  }

  /** Registers a terminal of its own. */
  static async register(issuer: string): Promise<Terminal> {
    const metadata = {
      grant_types: [deviceGrant, 'refresh_token'],
      response_types: undefined,
      redirect_uris: undefined,
    };
    return new Terminal(await OAuthClient.register(issuer, metadata));
  }

  /** Begins; the answer of the device authorization endpoint, of any status. */
  async begin(parameters: Parameters = {}): Promise<JsonAnswer> {
    const all = Object.entries({ client_id: this.client.clientId, ...parameters });
    const body = new URLSearchParams(all.filter((pair): pair is [string, string] => pair[1] !== undefined));
    return readJson(await fetch(`${this.client.issuer}/device_authorization`, { method: 'POST', body }));
  }

  async poll(deviceCode: unknown, parameters: Parameters = {}): Promise<JsonAnswer> {
    const known = { grant_type: deviceGrant, device_code: String(deviceCode), client_id: this.client.clientId };
    return this.client.token({ ...known, ...parameters });
  }
}

/** Opens the page of a device, enters a code where none is filled in, and signs in: the page that asks, or an error. */
export async function arriveAtDevice(person: Person, page: string, userCode?: string): Promise<Stop> {
  const entry = await person.open(page);
  const [form] = readForms(entry.body);
  if (!form) throw new Error(`no form: ${entry.status}`);
  const values = form.fields.map(({ name, value }): [string, string] => [
    name,
    name === 'user_code' ? (userCode ?? value) : value,
  ]);
  const stop = await person.submit(entry, form, values);
  return isSignIn(stop) ? person.signIn(stop) : stop;
}

/** The whole way of a person who was given an address. */
export async function answerDevice(page: string, answer: Answer = 'allow', person = new Person()): Promise<Stop> {
  return person.answer(await arriveAtDevice(person, page), answer);
}
