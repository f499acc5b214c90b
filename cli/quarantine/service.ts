import { localIdentity } from '../../local/clients.ts';
import { names } from '../../local/resources.ts';
import { UsageError } from '../context.ts';
import { needsLocalIdentity } from '../service/clients.ts';
import { readLocalState } from '../service/state-file.ts';
import type { ServicePlace } from './clients.ts';

/** The parts of a service that the quarantine needs, as the options name them. */
export interface QuarantineNames {
  readonly bucket?: string;
  readonly stream?: string;
  readonly detectorFunction?: string;
}

interface PlaceOptions extends QuarantineNames {
  readonly region?: string;
  readonly endpoint?: string;
}

type FoundService = ServicePlace & QuarantineNames & { readonly bucket: string };

/** The default names of the parts. */
const localNames = {
  bucket: names.quarantineBucket,
  stream: names.stream,
  detectorFunction: names.detectorFunction,
};

/**
 * Finds the service that the options name. An endpoint alone means a service whose parts have the names of `aed local`. No option
 * means the service that `aed local` runs.
 *
 * @throws UsageError if the bucket is not known
 */
export async function findQuarantine(
  { region, endpoint, ...given }: PlaceOptions,
  environment: NodeJS.ProcessEnv,
): Promise<FoundService> {
  if (endpoint !== undefined) {
    const endpoints = { s3: endpoint, kinesis: endpoint, lambda: endpoint };
    const identity = needsLocalIdentity(endpoint, environment) ? localIdentity : {};
    return { ...localNames, ...given, ...identity, region: region ?? localIdentity.region, endpoints };
  }
  const { bucket } = given;
  if (bucket !== undefined) return { ...given, bucket, region };
  const state = region === undefined ? await readLocalState() : undefined;
  if (state !== undefined) {
    const { kinesis, messaging } = state.endpoints;
    const endpoints = { s3: messaging, kinesis, lambda: state.lambdaEndpoint };
    return { ...localNames, ...given, ...localIdentity, endpoints };
  }
  throw new UsageError(
    'no quarantine to read: start `aed local` in another terminal, or name the bucket with --bucket (the output QuarantineBucketName of the stack)',
  );
}
