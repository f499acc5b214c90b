import { printable } from '../printable.ts';

/** A custom notification of Amazon Q Developer in chat applications. */
export interface ChatNotification {
  readonly version: '1.0';
  readonly source: 'custom';
  readonly content: {
    readonly textType: 'client-markdown';
    readonly title: string;
    readonly description: string;
    readonly keywords: readonly string[];
  };
  readonly metadata: {
    readonly summary: string;
    readonly eventType: string;
    /** Notifications of one thread are shown together, if the channel is set so. */
    readonly threadId?: string;
  };
}

/**
 * A message as Amazon Q Developer takes it for Slack and Microsoft Teams.
 *
 * The text is a block of code, and the title has look-alikes, so that nothing in the name of a series is markup.
 * Source: https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html, "Event schema".
 */
export function chatNotification({
  subject,
  text,
  seriesId,
}: {
  readonly subject: string;
  readonly text: string;
  /** If the message is of one series. */
  readonly seriesId?: string;
}): ChatNotification {
  const title = withoutMarkdown(subject);
  return {
    version: '1.0',
    source: 'custom',
    content: {
      textType: 'client-markdown',
      title,
      description: `\`\`\`\n${withoutMarkup(text).trimEnd()}\n\`\`\``,
      keywords: ['AED', 'change point'],
    },
    metadata: {
      summary: title,
      eventType: 'AED change points',
      ...(seriesId !== undefined && { threadId: `AED ${withoutMarkup(printable(seriesId))}` }),
    },
  };
}

/** What Slack and Teams read as markup within a line, and what looks alike and is none. */
const lookalikes: Readonly<Record<string, string>> = {
  '*': '∗',
  _: 'ˍ',
  '~': '∼',
  '[': '［',
  ']': '］',
  '\\': '∖',
  '#': '＃',
  '&': '＆',
  ':': '∶',
};

/** A line of text. A colon before anything but a blank would make links and emoji; the others emphasis, links, escapes, headings and entities. */
function withoutMarkdown(line: string): string {
  return withoutMarkup(line).replaceAll(/[*_~[\]\\#&]|:(?=\S)/g, (one) => lookalikes[one] ?? one);
}

/** Slack reads mentions and links between angle brackets, and a backtick would end the block. */
function withoutMarkup(text: string): string {
  return text.replaceAll('<', '‹').replaceAll('>', '›').replaceAll('`', '’');
}
