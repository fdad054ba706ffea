// What a reply means for what was sent: taken, to be sent again, or refused for good (OTLP 1.x, “OTLP/HTTP Response”).
import { toldMs } from './backOff.ts';
import type { OtlpSignal } from './endpoint.ts';
import type { Reply } from './post.ts';
import { partialSuccess, type PartialSuccess } from './serialisers.ts';

type Answered = Extract<Reply, { kind: 'answered' }>;

export type Outcome =
  | { readonly kind: 'taken'; readonly partly: PartialSuccess | null }
  /** Status 200, and a body that no collector sends: whether the items are anywhere, nobody knows. */
  | { readonly kind: 'unconfirmed' }
  /** `waitMs` = what the collector asked for, if it did. */
  | { readonly kind: 'again'; readonly waitMs: number | null }
  | { readonly kind: 'refused' };

const worthAnotherTry: readonly number[] = [429, 502, 503, 504];

/** @param now milliseconds since the epoch */
export function outcomeOf(reply: Reply, signal: OtlpSignal, now: number): Outcome {
  if (reply.kind !== 'answered') return { kind: 'again', waitMs: null };
  if (worthAnotherTry.includes(reply.status)) return { kind: 'again', waitMs: toldMs(reply.retryAfter, now) };
  if (reply.status < 200 || reply.status > 299) return { kind: 'refused' };
  return takenOutcome(reply, signal);
}

function takenOutcome({ contentType, body }: Answered, signal: OtlpSignal): Outcome {
  if (body.length === 0) return { kind: 'taken', partly: null };
  // A type left out is left to the bytes; JSON is how some receivers answer whatever they are sent.
  if (contentType === 'application/json') return jsonOutcome(body);
  if (contentType !== '' && contentType !== 'application/x-protobuf') return { kind: 'unconfirmed' };
  try {
    return { kind: 'taken', partly: partialSuccess(signal, body) };
  } catch {
    return { kind: 'unconfirmed' };
  }
}

function jsonOutcome(body: Uint8Array): Outcome {
  try {
    const answer: unknown = JSON.parse(new TextDecoder().decode(body));
    return { kind: 'taken', partly: jsonPart(answer) };
  } catch {
    return { kind: 'unconfirmed' };
  }
}

/** The count has another name in each stream, and is text, for it has 64 bits. */
function jsonPart(answer: unknown): PartialSuccess | null {
  if (typeof answer !== 'object' || answer === null || !('partialSuccess' in answer)) return null;
  const entries = Object.entries(answer.partialSuccess ?? {});
  const rejected = Number(entries.find(([name]) => name.startsWith('rejected'))?.[1] ?? 0);
  const message = String(entries.find(([name]) => name === 'errorMessage')?.[1] ?? '');
  return rejected > 0 || message !== '' ? { rejected: rejected > 0 ? rejected : 0, message } : null;
}
