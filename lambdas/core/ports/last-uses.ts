/** When clients and grants were last used, for those who look at lists. */
export interface LastUses {
  /**
   * Notes a use, unless one is noted that is hardly older; creates nothing, and disturbs no other write.
   * @param at epoch seconds of the use
   */
  note(of: 'client' | 'grant', id: string, at: number): Promise<void>;
}
