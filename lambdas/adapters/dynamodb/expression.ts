/** What must hold for a write to happen. */
export type Condition =
  | { readonly test: 'exists' | 'missing'; readonly name: string }
  | {
      readonly test: 'is' | 'isOrMissing' | 'below' | 'belowOrMissing' | 'above' | 'contains';
      readonly name: string;
      readonly value: string | number | boolean;
    };

/** All conditions of a list, or one of `anyOf`. An empty list always holds. */
export type When = readonly Condition[] | { readonly anyOf: readonly Condition[] };

/** Changes of one item. Undefined values are left out. */
export interface Changes {
  readonly set?: Readonly<Record<string, unknown>>;
  /** Set only where the item has no such attribute. */
  readonly setOnce?: Readonly<Record<string, unknown>>;
  /** Members to unite with a set; an empty one is left out, because DynamoDB stores no empty set. */
  readonly unite?: Readonly<Record<string, readonly string[]>>;
  readonly remove?: readonly string[];
  /** Numbers to add; a missing one counts as 0. */
  readonly add?: Readonly<Record<string, number>>;
}

/** Builds DynamoDB expressions in which every name and every value is a placeholder: nothing is ever interpolated. */
export class Expression {
  readonly names: Record<string, string> = {};
  readonly values: Record<string, unknown> = {};

  /** `ConditionExpression`; undefined if there is no condition. */
  condition(when: When): string | undefined {
    const [conditions, operator] = 'anyOf' in when ? [when.anyOf, ' OR '] : [when, ' AND '];
    return conditions.map((condition) => this.#term(condition)).join(operator) || undefined;
  }

  /** `UpdateExpression`. */
  update({ set = {}, setOnce = {}, unite = {}, remove = [], add = {} }: Changes): string {
    const sets = [
      ...defined(set).map(([name, value]) => `${this.#name(name)} = ${this.#value(value)}`),
      ...defined(setOnce).map(([name, value]) => {
        const alias = this.#name(name);
        return `${alias} = if_not_exists(${alias}, ${this.#value(value)})`;
      }),
    ];
    const adds = Object.entries(unite)
      .filter(([, members]) => members.length > 0)
      .map(([name, members]) => `${this.#name(name)} ${this.#value(new Set(members))}`);
    const sums = Object.entries(add).map(([name, amount]) => `${this.#name(name)} ${this.#value(amount)}`);
    return [
      clause('SET', sets),
      clause(
        'REMOVE',
        remove.map((name) => this.#name(name)),
      ),
      clause('ADD', [...adds, ...sums]),
    ]
      .filter((part) => part !== '')
      .join(' ');
  }

  /** What a command needs besides the expressions themselves. DynamoDB refuses an empty map of values. */
  placeholders() {
    const values = Object.keys(this.values).length > 0 ? { ExpressionAttributeValues: this.values } : {};
    return { ExpressionAttributeNames: this.names, ...values };
  }

  #term(condition: Condition): string {
    const name = this.#name(condition.name);
    switch (condition.test) {
      case 'exists':
        return `attribute_exists(${name})`;
      case 'missing':
        return `attribute_not_exists(${name})`;
      case 'is':
        return `${name} = ${this.#value(condition.value)}`;
      case 'isOrMissing':
        return `(attribute_not_exists(${name}) OR ${name} = ${this.#value(condition.value)})`;
      case 'below':
        return `${name} < ${this.#value(condition.value)}`;
      case 'belowOrMissing':
        return `(attribute_not_exists(${name}) OR ${name} < ${this.#value(condition.value)})`;
      case 'above':
        return `${name} > ${this.#value(condition.value)}`;
      case 'contains':
        return `contains(${name}, ${this.#value(condition.value)})`;
    }
  }

  #name(name: string): string {
    const alias = `#${name}`;
    this.names[alias] = name;
    return alias;
  }

  #value(value: unknown): string {
    const alias = `:v${Object.keys(this.values).length}`;
    this.values[alias] = value;
    return alias;
  }
}

function defined(changes: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(changes).filter(([, value]) => value !== undefined);
}

function clause(keyword: string, parts: readonly string[]): string {
  return parts.length > 0 ? `${keyword} ${parts.join(', ')}` : '';
}
