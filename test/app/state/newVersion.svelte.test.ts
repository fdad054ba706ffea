// New versions of the page, with made-up workers: which tab is told, and what its Reload does.
import { expect, test, vi } from 'vitest';
import { NewVersion } from '../../../src/app/state/newVersion.svelte.ts';

const script = 'https://host.example/trainwreck/sw.js';

class FakeWorker extends EventTarget {
  readonly posted: unknown[] = [];
  state: ServiceWorkerState = 'installing';
  readonly scriptURL: string;

  constructor(scriptURL = script) {
    super();
    this.scriptURL = scriptURL;
  }

  postMessage(message: unknown): void {
    this.posted.push(message);
  }

  becomes(state: ServiceWorkerState): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}

/** What all tabs share. */
class FakeRegistration extends EventTarget {
  installing: FakeWorker | null = null;
  waiting: FakeWorker | null = null;
}

class FakeContainer extends EventTarget {
  controller: FakeWorker | null;

  constructor(controller: FakeWorker | null) {
    super();
    this.controller = controller;
  }

  change(controller: FakeWorker): void {
    this.controller = controller;
    this.dispatchEvent(new Event('controllerchange'));
  }
}

function tab(registration: FakeRegistration, controller: FakeWorker | null = new FakeWorker()) {
  const container = new FakeContainer(controller);
  const reload = vi.fn();
  const version = new NewVersion(container, script, reload);
  version.watch(registration);
  return { container, reload, version };
}

function waitingRegistration() {
  const registration = new FakeRegistration();
  registration.waiting = new FakeWorker();
  registration.waiting.state = 'installed';
  return { registration, worker: registration.waiting };
}

test('a version that waits is told; Reload lets it in, and reloads once when it is', () => {
  const { registration, worker } = waitingRegistration();
  const { version, container, reload } = tab(registration);
  expect(version.isThere).toBe(true);
  version.take();
  expect(worker.posted).toEqual([{ type: 'SKIP_WAITING' }]);
  expect(reload).not.toHaveBeenCalled();
  container.change(worker);
  worker.becomes('activated');
  expect(reload).toHaveBeenCalledOnce();
});

test('where another tab let it in, Reload reloads: there is nothing to wait for', () => {
  const { registration, worker } = waitingRegistration();
  const [a, b] = [tab(registration), tab(registration)];
  b.version.take();
  registration.waiting = null;
  a.container.change(worker);
  b.container.change(worker);
  expect([a.reload.mock.calls.length, b.reload.mock.calls.length]).toEqual([0, 1]);
  expect(a.version.isThere).toBe(true);
  a.version.take();
  expect(a.reload).toHaveBeenCalledOnce();
  expect(worker.posted).toHaveLength(1);
});

test('a version that was on its way before the page looked is told once it is there', () => {
  const registration = new FakeRegistration();
  const worker = new FakeWorker();
  registration.installing = worker;
  const { version } = tab(registration);
  expect(version.isThere).toBe(false);
  [registration.installing, registration.waiting] = [null, worker];
  worker.becomes('installed');
  expect(version.isThere).toBe(true);
});

test('a version that comes later is told once it is there', () => {
  const registration = new FakeRegistration();
  const { version } = tab(registration);
  const worker = new FakeWorker();
  registration.installing = worker;
  registration.dispatchEvent(new Event('updatefound'));
  expect(version.isThere).toBe(false);
  [registration.installing, registration.waiting] = [null, worker];
  worker.becomes('installed');
  expect(version.isThere).toBe(true);
});

test('a version that is outdated while it is let in leaves no dead button', () => {
  const { registration, worker } = waitingRegistration();
  const { version, reload } = tab(registration);
  version.take();
  worker.becomes('redundant');
  expect(reload).toHaveBeenCalledOnce();
});

test.each([
  ['none', null],
  ['that of a copy above', new FakeWorker('https://host.example/sw.js')],
])('the first worker is no news, where there was %s before', async (_, controller) => {
  const registration = new FakeRegistration();
  const { version, container, reload } = tab(registration, controller);
  container.change(new FakeWorker());
  await version.inCharge;
  expect(version.isThere).toBe(false);
  container.change(new FakeWorker());
  expect(version.isThere).toBe(true);
  expect(reload).not.toHaveBeenCalled();
});
