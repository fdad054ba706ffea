// `npm run test:receivers`: what we hand to others against tools that were not written here. Outside the tests that need no tools.
// With ids of scenarios it tests the alert rules on these alone.
import { messageOf } from '../worker/messageOf.ts';
import { testAlertRules } from './receivers/alertRules.ts';
import { testRoundTrip } from './receivers/roundTrip.ts';
import { Tally } from './receivers/tally.ts';
import { testWorkshop } from './receivers/workshop.ts';

const only = process.argv.slice(2);
const tally = new Tally();
try {
  await testAlertRules(only, tally);
  testWorkshop(tally);
  if (only.length === 0) await testRoundTrip(tally);
} catch (error) {
  // A tool that is missing is a failure, not a reason to pass over it.
  tally.say(false, messageOf(error));
}
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exitCode = tally.failed === 0 ? 0 : 1;
