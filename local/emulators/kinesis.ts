import kinesalite from 'kinesalite';
import { type Emulator, emulatorOn } from './emulator.ts';

/** Kinesis Data Streams, provisioned, over HTTP/1. */
export function startKinesis(): Promise<Emulator> {
  return emulatorOn(kinesalite({ createStreamMs: 0, deleteStreamMs: 0, updateStreamMs: 0, shardLimit: 100 }));
}
