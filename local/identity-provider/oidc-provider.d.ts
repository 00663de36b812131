/** The part of oidc-provider that is used here; the package ships no types. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export interface Grant {
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
  }

  export interface Context {
    type: string;
    body: unknown;
    set(name: string, value: string): void;
    readonly oidc: {
      readonly provider: Provider;
      readonly client?: { readonly clientId: string };
      readonly session?: { readonly accountId?: string };
    };
  }

  export interface Session {
    accountId?: string | undefined;
    authorizations?: object | undefined;
    persist(): Promise<string>;
  }

  export interface Interaction {
    readonly uid: string;
    /** The session in which the sign-in began. */
    readonly session?: { readonly uid: string; readonly accountId?: string };
    /** Why the person is asked. */
    readonly prompt: { readonly name: string };
  }

  export interface Policy extends Array<unknown> {
    remove(name: string): void;
    add(prompt: object, index?: number): void;
  }

  export const interactionPolicy: {
    base(): Policy;
    Prompt: new (info: { name: string; requestable: boolean }) => object;
  };

  export class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>);
    proxy: boolean;
    readonly Session: { findByUid(uid: string): Promise<Session | undefined> };
    readonly Grant: new (properties: { clientId: string; accountId: string }) => Grant;
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<Interaction>;
    /** @returns where the browser goes on */
    interactionResult(request: IncomingMessage, response: ServerResponse, result: object): Promise<string>;
  }
}
