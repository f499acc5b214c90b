import kinesalite from 'kinesalite';
import { type Emulator, type EmulatorOptions, emulatorOn } from './emulator.ts';

/** Kinesis Data Streams, provisioned, over HTTP/1. */
export function startKinesis({ port, folder }: EmulatorOptions = {}): Promise<Emulator> {
  const server = kinesalite({
    createStreamMs: 0,
    deleteStreamMs: 0,
    updateStreamMs: 0,
    shardLimit: 100,
    ...(folder !== undefined && { path: folder }),
  });
  return emulatorOn(server, port);
}
