// `npm run test:receivers`: the alert rules against promtool, on recorded runs of every scenario. Outside the tests that need no tools.
import { messageOf } from '../worker/messageOf.ts';
import { testAlertRules } from './receivers/alertRules.ts';

try {
  process.exitCode = (await testAlertRules(process.argv.slice(2))) ? 0 : 1;
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = 2;
}
