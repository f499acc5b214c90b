import { once } from 'node:events';
import { connect } from 'node:net';

export interface RawAnswer {
  /** 0 if the server hung up without an answer. */
  readonly status: number;
  readonly text: string;
}

/** Sends bytes to a port of this machine as they are, and reads until the server hangs up. */
export async function rawRequest(port: number, bytes: string | Uint8Array): Promise<RawAnswer> {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.setEncoding('latin1').on('data', (piece) => {
    text += piece;
  });
  socket.on('error', () => {});
  const closed = once(socket, 'close');
  socket.write(bytes);
  await closed;
  return { status: Number(/^HTTP\/1\.\d (\d{3})/.exec(text)?.[1] ?? 0), text };
}
