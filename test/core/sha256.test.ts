// The digest against Node's own.
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { sha256 } from '../../src/core/sha256.ts';

test('is that of Node, for texts of every length around the ends of blocks', () => {
  for (let length = 0; length <= 130; length++) {
    const text = 'é🚂a'.repeat(length).slice(0, length);
    expect(sha256(text)).toBe(createHash('sha256').update(text).digest('hex'));
  }
});
