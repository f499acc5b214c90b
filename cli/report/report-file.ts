import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { InvalidArgumentError } from 'commander';
import type { CliContext } from '../context.ts';
import { cannotWrite } from '../file-error.ts';
import type { Report } from './report.ts';
import { isReportPath, reportExtensions, writeReport } from './write-report.ts';

/**
 * A parser for the path of a report, for commander.
 *
 * @throws FailedError if its folder does not exist, or it is a folder itself; the report is written at the end, and a run may take long
 */
export function reportPath(text: string): string {
  if (!isReportPath(text))
    throw new InvalidArgumentError(`It must end in one of ${reportExtensions.join(', ')}, got '${text}'.`);
  try {
    // The point makes it an error that a file stands there.
    statSync(`${dirname(text)}/.`);
  } catch (error) {
    throw cannotWrite(text, error);
  }
  if (statSync(text, { throwIfNoEntry: false })?.isDirectory()) throw cannotWrite(text, { code: 'EISDIR' });
  return text;
}

/** Writes a report, and says so on standard error. @throws FailedError if it cannot be written */
export async function saveReport(
  path: string,
  report: Report,
  { error }: Pick<CliContext, 'error'>,
): Promise<void> {
  try {
    await writeReport(path, report);
  } catch (failure) {
    throw cannotWrite(path, failure);
  }
  error.write(`report written to ${path}\n`);
}
