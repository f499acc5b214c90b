interface BodyRequest {
  readonly headers: Readonly<Record<string, unknown>>;
  body: unknown;
}

/** The part of Fastify, on which fauxqs runs, that is used here. */
interface BodyApp {
  addHook(name: 'preHandler', hook: (request: BodyRequest) => Promise<void>): void;
}

/** Lets what a server keeps of a request hold no more memory than its own. */
export function keepOwnMemory(app: BodyApp): void {
  app.addHook('preHandler', async (request) => {
    const { headers, body } = request;
    if (Buffer.isBuffer(body)) request.body = withOwnBuffer(body);
    else if (body !== undefined && isForm(headers)) request.body = withOwnFields(body);
  });
}

function isForm(headers: BodyRequest['headers']): boolean {
  return String(headers['content-type']).includes('x-www-form-urlencoded');
}

/** Node puts small buffers into one of 8 kB, which each of them keeps whole. */
function withOwnBuffer(body: Buffer): Buffer {
  return Buffer.from(new Uint8Array(body).buffer);
}

/** A field of a form is a slice of the whole form for V8. One of JSON is not. */
function withOwnFields(form: unknown): unknown {
  return JSON.parse(JSON.stringify(form));
}
