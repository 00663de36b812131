/** Time as an argument: nothing in core asks the machine. */
export interface Clock {
  /** Whole epoch seconds. */
  now(): number;
}
