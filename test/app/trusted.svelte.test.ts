// Which addresses of scripts the page hands to the browser, and that it says so where a browser asks.
import { afterEach, expect, test, vi } from 'vitest';
import { ownScript, trustOwnScripts } from '../../src/app/trusted.ts';

afterEach(() => vi.unstubAllGlobals());

test.each(['./sw.js', '/assets/worker-1.js', `${location.origin}/worker.js`, 'blob:null/1'])(
  'a script of the page: %s',
  (address) => expect(ownScript(address)).toBe(address),
);

test.each(['https://example.org/x.js', '//example.org/x.js', 'data:text/javascript,1', 'javascript:1'])(
  'not a script of the page: %s',
  (address) => expect(() => ownScript(address)).toThrow(`${address}: a script of another origin`),
);

test('the browser has it as its default, where there is such a thing', () => {
  const createPolicy = vi.fn();
  vi.stubGlobal('trustedTypes', { createPolicy });
  trustOwnScripts();
  expect(createPolicy).toHaveBeenCalledExactlyOnceWith('default', { createScriptURL: ownScript });
  vi.stubGlobal('trustedTypes', undefined);
  expect(trustOwnScripts).not.toThrow();
});
