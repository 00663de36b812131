/** Who looks after the deployment: sessions, clients, keys, the audit trail. Everybody else sees only what is theirs. */
export interface AdministratorProps {
  /**
   * E-mail addresses of administrators. An address counts only if the identity provider says that it is verified.
   * @default [] nobody by address
   */
  readonly administratorEmails?: readonly string[];

  /**
   * Groups of the identity provider whose members are administrators.
   * @default ['gatehouse-admins'] in the Cognito user pool of this stack, where it is made; with `identity`: []
   */
  readonly administratorGroups?: readonly string[];

  /**
   * E-mail addresses, verified as above, of people who see what administrators see and change nothing.
   * @default [] nobody by address
   */
  readonly readerEmails?: readonly string[];

  /**
   * Groups of such people.
   * @default ['gatehouse-readers'] in the Cognito user pool of this stack, where it is made; with `identity`: []
   */
  readonly readerGroups?: readonly string[];

  /**
   * Claim of the ID token that lists a person's groups, as an array, or as a text that is one group.
   * @default 'cognito:groups' with the Cognito user pool of this stack; with `identity`: 'groups'
   */
  readonly groupsClaim?: string;
}
