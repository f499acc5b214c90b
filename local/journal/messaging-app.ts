/** The part of Fastify, on which fauxqs runs, that keeping its state needs. */
export interface MessagingApp {
  /** Before an answer is sent. If the hook throws, the answer has status 500. */
  addHook(
    name: 'onSend',
    hook: (request: AppRequest, reply: { readonly statusCode: number }, payload: unknown) => Promise<unknown>,
  ): void;
  /** Has a request answered that came over no network. */
  inject(request: AppCall): Promise<AppAnswer>;
}

interface AppRequest {
  readonly method: string;
  /** Of the path. Only those of S3 have any. */
  readonly params: { readonly bucket?: string; readonly '*'?: string };
  readonly body: unknown;
}

interface AppCall {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly payload?: string | Buffer;
}

interface AppAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly rawPayload: Buffer;
}
