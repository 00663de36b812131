/** What the local AWS endpoint must offer, as read from the synthesized template. */
export interface AwsSpec {
  /** Folder for the engine's file, the keys and the secrets (mode 0700, files 0600); made if absent. */
  readonly stateDir: string;
  /** Resolved CloudFormation properties of `AWS::DynamoDB::Table` or `AWS::DynamoDB::GlobalTable`. */
  readonly tables: readonly { readonly name: string; readonly properties: Record<string, unknown> }[];
  /** Properties of `AWS::KMS::Key`. */
  readonly keys: readonly { readonly arn: string; readonly properties: Record<string, unknown> }[];
  /** Properties of `AWS::SecretsManager::Secret`. */
  readonly secrets: readonly { readonly arn: string; readonly properties: Record<string, unknown> }[];
  /** Who may call: one for each function, with the resolved IAM statements of its role. */
  readonly principals: readonly Principal[];
  /** Takes one line for people. Never gets a secret. */
  log(line: string): void;
}

export interface Principal {
  /** The access key id that the function signs with. */
  readonly accessKeyId: string;
  readonly functionName: string;
  readonly statements: readonly unknown[];
}
