/** `redirectUris` as the command line writes it: `redirect-uris`. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
