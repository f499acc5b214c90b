/** The settings that are one of a few words, the default first. */
const choices = {
  shardLevelMetrics: ['off', 'on'],
  enhancedFanOut: ['off', 'on'],
  customerManagedKey: ['off', 'on'],
  deletionProtection: ['off', 'on'],
  removal: ['keep', 'destroy'],
} as const;

export type ChoiceSetting = keyof typeof choices;

export const choiceSettings = Object.keys(choices) as readonly ChoiceSetting[];

/**
 * The word chosen, or the default without one.
 *
 * @throws RangeError naming the setting, its words and the text
 */
export function checkedChoice<Name extends ChoiceSetting>(
  name: Name,
  text: string | undefined,
): (typeof choices)[Name][number] {
  const words: readonly (typeof choices)[Name][number][] = choices[name];
  const chosen = text === undefined ? choices[name][0] : words.find((word) => word === text);
  if (chosen === undefined) throw new RangeError(`${name} must be '${words.join("' or '")}', got '${text}'`);
  return chosen;
}
