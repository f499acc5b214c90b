import type { DetectorOptions } from '@aed/core';
import { type Command, Option } from 'commander';
import {
  type DetectorText,
  detectorOptionsFromText,
  type Environment,
  environmentOfDetector,
  freeDetectorOptionsFromText,
} from '../lambda/settings.ts';

/** The detector's options as the command line gives them: as text, which is checked all at once. */
export type DetectorTexts = { readonly [Name in keyof DetectorOptions]?: string };

/** The options by which a command is told how to detect. */
export function addDetectorOptions(command: Command, defaultThreshold = '0'): Command {
  return command
    .optionsGroup('Detection:')
    .option('-a, --alpha <number>', 'significance level of each test, between 0 and 1 (default: 0.01)')
    .option(
      '-p, --practical-threshold <number>',
      `smaller changes are not reported; in the unit of the data (default: ${defaultThreshold})`,
    )
    .option('-x, --startup <points>', 'points of a regime before its first test (default: 5)')
    .option(
      '-w, --window <points>',
      'points on each side of a change that its magnitude ignores (default: 5)',
    )
    .addOption(
      new Option('--restart <where>', 'where the next regime starts')
        .choices(['detection', 'change'])
        .default('detection'),
    )
    .option(
      '--max-regime-length <points>',
      'points at which only the newest half of a regime is kept (default: 10000)',
    );
}

/** For the service. @throws RangeError naming the option, its rule and the value */
export function detectorOptions(texts: DetectorTexts): Required<DetectorOptions> {
  return detectorOptionsFromText(only(texts));
}

/** For a detector of this process alone. @throws RangeError naming the option, its rule and the value */
export function freeDetectorOptions(texts: DetectorTexts): Required<DetectorOptions> {
  return freeDetectorOptionsFromText(only(texts));
}

function only({
  alpha,
  practicalThreshold,
  startup,
  window,
  restart,
  maxRegimeLength,
}: DetectorTexts): DetectorText {
  return { alpha, practicalThreshold, startup, window, restart, maxRegimeLength };
}

/** The same for the two functions of the service, by the names of their variables. @throws as `detectorOptions` */
export function detectorEnvironment(texts: DetectorTexts): Environment {
  return environmentOfDetector(detectorOptions(texts));
}
