import type { Answer } from './person.ts';
import { Person } from './person.ts';

interface Registration {
  client_id: string;
  client_secret?: string;
}

interface SavedTokens {
  access_token: string;
  token_type: string;
  expires_in?: number;
  scope?: string;
  refresh_token?: string;
}

/** What both lines of the MCP SDK ask of an application: keep credentials, and send the person to the browser. */
export class MemoryProvider {
  readonly redirectUrl = 'http://127.0.0.1:9/callback';
  readonly clientMetadata = {
    client_name: 'SDK test client',
    redirect_uris: [this.redirectUrl],
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
  };
  readonly person: Person;
  readonly answer: Answer;
  /** The redirect that came back from Gatehouse. */
  landing: URL | undefined;
  /** The last authorization URL that the SDK built. */
  authorizationUrl: URL | undefined;
  #registration: Registration | undefined;
  #tokens: SavedTokens | undefined;
  #verifier = '';

  constructor(person = new Person(), answer: Answer = 'allow') {
    this.person = person;
    this.answer = answer;
  }

  clientInformation(): Registration | undefined {
    return this.#registration;
  }

  saveClientInformation(registration: Registration): void {
    this.#registration = registration;
  }

  tokens(): SavedTokens | undefined {
    return this.#tokens;
  }

  saveTokens(tokens: SavedTokens): void {
    this.#tokens = tokens;
  }

  async redirectToAuthorization(url: URL): Promise<void> {
    this.authorizationUrl = url;
    this.landing = await this.person.authorize(url, this.answer);
  }

  saveCodeVerifier(verifier: string): void {
    this.#verifier = verifier;
  }

  codeVerifier(): string {
    return this.#verifier;
  }

  /** Makes the next request fail with 401, as an access token does whose hour is over. */
  spoilAccessToken(): void {
    if (this.#tokens) this.#tokens = { ...this.#tokens, access_token: 'spoilt' };
  }
}
