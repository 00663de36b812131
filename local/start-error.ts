/** A failed start that the person can cure: its message is one line that names what is wrong and the cure. */
export class StartError extends Error {}
