import { stat } from 'node:fs/promises';
import { FailedError, UsageError } from '../../cli/context.ts';
import { withoutControls } from '../../lambda/printable.ts';
import type { AnnotatedSet } from './annotated.ts';
import { changesFile, changesIn, readCsvSet } from './formats/csv.ts';
import { readNab, windowsIn } from './formats/nab.ts';
import { hasSkab, readSkab } from './formats/skab.ts';
import { annotationsIn, readTcpd } from './formats/tcpd.ts';

/** Recognizes and reads one format of annotated series. */
interface FormatReader {
  isIn(folder: string, signal?: AbortSignal): Promise<boolean>;
  read(folder: string, signal?: AbortSignal): Promise<AnnotatedSet>;
}

const readers = {
  tcpd: { isIn: async (folder) => (await annotationsIn(folder)) !== undefined, read: readTcpd },
  nab: { isIn: async (folder) => (await windowsIn(folder)) !== undefined, read: readNab },
  csv: { isIn: async (folder) => (await changesIn(folder)) !== undefined, read: readCsvSet },
  skab: { isIn: hasSkab, read: readSkab },
} satisfies Readonly<Record<string, FormatReader>>;

export type Format = keyof typeof readers;
export const formats = Object.keys(readers) as readonly Format[];

/**
 * Reads the annotated series of a folder.
 *
 * @param given - the format; default: recognized by the files in the folder
 * @throws UsageError if there is no such folder or its format is unknown; FailedError naming the file, the rule and the content;
 * the signal's reason if it aborts
 */
export async function readSet(
  folder: string,
  given?: Format,
  signal?: AbortSignal,
): Promise<AnnotatedSet & { readonly format: Format }> {
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new UsageError(`DIR must be a folder that exists, got '${folder}'`);
  const format = given ?? (await formatOf(folder, signal));
  const set = await readers[format].read(folder, signal);
  if (set.series.length === 0)
    throw new FailedError(
      withoutControls(`${folder} has no series to score: ${set.leftOut[0] ?? 'its annotations are empty'}`),
    );
  return { ...set, format };
}

async function formatOf(folder: string, signal: AbortSignal | undefined): Promise<Format> {
  for (const format of formats) if (await readers[format].isIn(folder, signal)) return format;
  throw new UsageError(
    `DIR must have annotations.json (tcpd), labels/combined_windows.json (nab), ${changesFile} (csv) or files with a column changepoint (skab), got '${folder}'`,
  );
}
