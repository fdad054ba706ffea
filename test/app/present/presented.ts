// A presented or embedded page for tests, with a fake worker that they speak for.
import { flushSync, mount, unmount } from 'svelte';
import { vi } from 'vitest';
import { loadLinked } from '../../../src/app/state/linked.ts';
import { Playground } from '../../../src/app/state/playground.svelte.ts';
import { FakeWorker, useFakeWorkers } from '../panels/fakeWorker.ts';
import { packedRows } from '../state/rows.ts';

let mounted: ReturnType<typeof mount> | undefined;

/** What jsdom lacks for a page that draws. */
export function useFakePage(): void {
  useFakeWorkers();
  localStorage.clear();
  HTMLCanvasElement.prototype.getContext = () => null;
  Object.assign(document, { fonts: new EventTarget() });
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      observe(): void {}
      disconnect(): void {}
    },
  );
}

export async function openPresented(search: string): Promise<{ playground: Playground; worker: FakeWorker }> {
  // Once there is a `matchMedia` to ask.
  const { default: Presented } = await import('./Presented.svelte');
  const linked = await loadLinked(search);
  const playground = new Playground({ search, reducedMotion: false, linked });
  mounted = mount(Presented, { target: document.body, props: { playground } });
  const worker = FakeWorker.latest;
  worker.ready();
  flushSync();
  return { playground, worker };
}

export async function closePresented(): Promise<void> {
  if (mounted) await unmount(mounted);
  mounted = undefined;
}

export function train(worker: FakeWorker, first: number, end: number): void {
  const values = { loss: 0.2, accuracy: 0.9, gradientNorm: 1, dead: 0 } as const;
  worker.rows(
    packedRows(first, end - first, (step) => ({
      ...values,
      ...(step % 10 === 0 && { validation: [0.2, 0.91] as const }),
    })),
  );
  flushSync();
}

export function pressKey(key: string, target: EventTarget = document.body): void {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  flushSync();
}
