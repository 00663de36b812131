/** What befalls a request at one of its calls. `dies`: the process ends there; `fails`: the call throws. */
export interface Fate {
  /** Which call, from 0. */
  readonly call: number;
  readonly how: 'dies' | 'fails';
  /** `after`: the call has had its effect, and only the answer is lost. */
  readonly when: 'before' | 'after';
}

/** Runs one call of a port when it is this request's turn. */
export type Boundary = <R>(call: () => Promise<R>) => Promise<R>;

/** A request that stops before each of its calls until it is given a turn. */
class Task<T> {
  isOver = false;
  outcome: T | undefined;
  readonly #fate: Fate | undefined;
  #calls = 0;
  /** Calls that the request makes at once go one after the other, each in a turn of its own. */
  #earlier: Promise<void> = Promise.resolve();
  #resume: () => void = () => {};
  #yield: () => void = () => {};

  constructor(work: (boundary: Boundary) => Promise<T>, fate: Fate | undefined) {
    this.#fate = fate;
    const begun = new Promise<void>((resolve) => (this.#resume = resolve));
    const end = begun.then(() => work((call) => this.#call(call)));
    void end.then((outcome) => this.#end(outcome));
  }

  /** Goes on to the next call, or to the end. */
  turn(): Promise<void> {
    return new Promise((resolve) => {
      this.#yield = resolve;
      this.#resume();
    });
  }

  async #call<R>(call: () => Promise<R>): Promise<R> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const earlier = this.#earlier;
    this.#earlier = promise;
    await earlier;
    try {
      return await this.#callInTurn(call);
    } finally {
      resolve();
    }
  }

  async #callInTurn<R>(call: () => Promise<R>): Promise<R> {
    const isFated = this.#fate?.call === this.#calls;
    this.#calls += 1;
    await new Promise<void>((resolve) => {
      this.#resume = resolve;
      this.#yield();
    });
    if (isFated && this.#fate?.when === 'before') return this.#meet(this.#fate);
    const answer = await call();
    return isFated && this.#fate ? this.#meet(this.#fate) : answer;
  }

  #meet({ how }: Fate): Promise<never> {
    if (how === 'fails') throw new Error('the call failed');
    this.#end(undefined);
    return new Promise(() => {});
  }

  #end(outcome: T | undefined): void {
    this.isOver = true;
    this.outcome = outcome;
    this.#yield();
  }
}

/**
 * Runs requests at the same time, but one call at a time, in an order that `turns` decides: so every interleaving can
 * happen, and happens again with the same turns.
 * @param turns each picks who is next of those that still run; the first of them once these are used up
 * @returns the outcome of each, undefined if it died
 */
export async function interleave<T>(
  works: readonly { readonly work: (boundary: Boundary) => Promise<T>; readonly fate?: Fate | undefined }[],
  turns: readonly number[],
): Promise<(T | undefined)[]> {
  const tasks = works.map(({ work, fate }) => new Task(work, fate));
  for (let count = 0; ; count += 1) {
    const running = tasks.filter(({ isOver }) => !isOver);
    const next = running[(turns[count] ?? 0) % Math.max(running.length, 1)];
    if (!next) return tasks.map(({ outcome }) => outcome);
    await next.turn();
  }
}

/** A port whose every call waits for its turn. */
export function bounded<P extends object>(port: P, boundary: Boundary): P {
  return new Proxy(port, {
    get(target, name) {
      const method = Reflect.get(target, name) as (...args: unknown[]) => Promise<unknown>;
      return (...args: unknown[]) => boundary(() => method.apply(target, args));
    },
  });
}
