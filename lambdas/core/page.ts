/** Which part of a list. */
export interface PageRequest {
  /** Most items, 1 to 100. */
  readonly limit: number;
  /** `next` of the page before. @default the first page */
  readonly cursor?: string | undefined;
}

/** Part of a list, newest first unless the list says otherwise. */
export interface Page<T> {
  /** May be fewer than asked for, even none, where there is a `next`: what has ended is left out after it was counted. */
  readonly items: readonly T[];
  /** Cursor of the page after; absent on the last one. */
  readonly next?: string;
}
