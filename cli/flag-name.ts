/** The flag of an option or a setting: `practicalThreshold` → `--practical-threshold`. */
export function flagOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`;
}
