type Payload = Record<string, unknown> & { grantId?: string; uid?: string; userCode?: string; consumed?: number };

/** oidc-provider's storage port. */
export interface Adapter {
  upsert(id: string, payload: Payload, expiresIn?: number): Promise<void>;
  find(id: string): Promise<Payload | undefined>;
  findByUid(uid: string): Promise<Payload | undefined>;
  findByUserCode(userCode: string): Promise<Payload | undefined>;
  consume(id: string): Promise<void>;
  destroy(id: string): Promise<void>;
  revokeByGrantId(grantId: string): Promise<void>;
}

/**
 * Storage in memory: sign-ins in flight do not outlive a restart, which a local provider may ask of people.
 * @returns the factory that oidc-provider calls once for each of its models
 */
export function createMemoryAdapter(): (model: string) => Adapter {
  const rows = new Map<string, { payload: Payload; expiresAt: number }>();
  const read = (key: string): Payload | undefined => {
    const row = rows.get(key);
    return row && row.expiresAt > Date.now() ? row.payload : undefined;
  };
  const drop = (unwanted: (row: { payload: Payload; expiresAt: number }) => boolean): void => {
    for (const [key, row] of rows) if (unwanted(row)) rows.delete(key);
  };
  return (model) => {
    const key = (id: string): string => `${model}:${id}`;
    const search = (name: 'uid' | 'userCode', value: string): Payload | undefined => {
      const found = [...rows].find(([id, { payload }]) => id.startsWith(key('')) && payload[name] === value);
      return found && read(found[0]);
    };
    return {
      async upsert(id, payload, expiresIn) {
        drop(({ expiresAt }) => expiresAt <= Date.now());
        rows.set(key(id), { payload, expiresAt: expiresIn ? Date.now() + expiresIn * 1000 : Infinity });
      },
      find: async (id) => read(key(id)),
      findByUid: async (uid) => search('uid', uid),
      findByUserCode: async (userCode) => search('userCode', userCode),
      async consume(id) {
        const payload = read(key(id));
        if (payload) payload.consumed = Math.floor(Date.now() / 1000);
      },
      async destroy(id) {
        rows.delete(key(id));
      },
      async revokeByGrantId(grantId) {
        drop(({ payload }) => payload.grantId === grantId);
      },
    };
  };
}
