// `npm run test:receivers`: what we hand to others against tools that were not written here. Outside the tests that need no tools.
// With ids of scenarios it tests the alert rules on these alone.
import { messageOf } from '../worker/messageOf.ts';
import { testAlertRules } from './receivers/alertRules.ts';
import { testRoundTrip } from './receivers/roundTrip.ts';
import { Tally } from './receivers/tally.ts';
import { testWorkshop } from './receivers/workshop.ts';

const only = process.argv.slice(2);
const tally = new Tally();
const begun = performance.now();

/** A tool that is missing is a failure, not a reason to pass over it; what needs other tools is run all the same. */
async function attempt(part: () => void | Promise<void>): Promise<void> {
  try {
    await part();
  } catch (error) {
    tally.say(false, messageOf(error));
  }
}

await attempt(() => testAlertRules(only, tally));
await attempt(() => testWorkshop(tally));
if (only.length === 0) await attempt(() => testRoundTrip(tally));
const seconds = Math.round((performance.now() - begun) / 1000);
console.log(`${tally.passed} passed, ${tally.failed} failed, ${seconds} s`);
process.exitCode = tally.failed === 0 ? 0 : 1;
