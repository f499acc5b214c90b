import { optionTable } from '@aed/core';

/** The flag of an option or a setting: `practicalThreshold` → `--practical-threshold`. */
export function flagOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`;
}

const optionNames = Object.keys(optionTable);
const ofOption = new RegExp(`^(?:${optionNames.join('|')})(?= must )`);
/** Those that are no words of the language. */
const inner = new RegExp(
  `(?<![\\w'])(?:${optionNames.filter((name) => /[A-Z]/.test(name)).join('|')})\\b`,
  'g',
);

/** What is said of an option of the detector, by its flag: `alpha must be …` → `--alpha must be …`. */
export function byFlags(message: string): string {
  return message.replace(ofOption, flagOf).replace(inner, flagOf);
}
