import type { Person } from '../../lambdas/core/person.ts';
import type { IdentityProvider } from '../../lambdas/core/ports/identity-provider.ts';
import { IdentityProviderError } from '../../lambdas/core/ports/identity-provider.ts';

export const alice: Person = { sub: 'alice', name: 'Alice', email: 'alice@example.com', authTime: 1_795_262_400 };

/** An identity provider that does what a test tells it. */
export class ScriptedProvider implements IdentityProvider {
  person: Person = alice;
  /** Thrown instead of an answer. */
  trouble: IdentityProviderError['kind'] | undefined;
  /** Thrown when a sign-in begins. */
  down = false;

  async signInUrl(transaction: { state: string }): Promise<string> {
    if (this.down) throw new IdentityProviderError('unavailable', 'no answer');
    return `https://idp.example/authorize?state=${transaction.state}`;
  }

  async verify(): Promise<Person> {
    if (this.trouble) throw new IdentityProviderError(this.trouble, `scripted: ${this.trouble}`);
    return this.person;
  }
}
