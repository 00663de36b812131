import type { InteractionDeps } from '../authorize/interaction.ts';
import type { PageSignIns } from '../ports/page-sign-ins.ts';

/** What a sign-in for pages of ours needs. */
export interface PageSignInDeps extends Pick<
  InteractionDeps,
  'interactions' | 'revocations' | 'identityProvider' | 'audit' | 'entropy' | 'clock' | 'lifetimes'
> {
  readonly pageSignIns: PageSignIns;
}
