/** A name in camel case as words: `practicalThreshold` → `practical threshold`. */
export function nameInWords(name: string): string {
  return name.replaceAll(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
}
