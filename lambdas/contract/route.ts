/** The functions that answer HTTP routes of the authorization server. */
export type RoutedFunction = 'discovery' | 'registration' | 'interaction' | 'token' | 'account' | 'admin';

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly function: RoutedFunction;
  /**
   * Who may call it from a browser script. `public`: any origin, without credentials (OAuth 2.1 §3.2);
   * `none`: no CORS header at all, as OAuth 2.1 §3.1 demands of the authorization endpoint.
   */
  readonly cors: 'public' | 'none';
  /** One sentence for the OpenAPI document. */
  readonly summary: string;
}
