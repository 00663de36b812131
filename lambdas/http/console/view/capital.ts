/** With a capital letter in front. */
export function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** A heading as it stands within a sentence: `Clients` becomes `clients`, `API keys` stays. */
export function inText(heading: string): string {
  return /^[A-Z][a-z]/.test(heading) ? `${heading.charAt(0).toLowerCase()}${heading.slice(1)}` : heading;
}
