/** Names that people would take for the same are the same: by case, spacing and form of their characters. */
export function plainName(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}
