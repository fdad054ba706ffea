// What passed and what failed, said as it happens.

export class Tally {
  failed = 0;
  passed = 0;

  say(passed: boolean, line: string, detail = ''): void {
    if (passed) this.passed++;
    else this.failed++;
    console.log(`${passed ? 'ok  ' : 'FAIL'} ${line}`);
    if (!passed && detail !== '') console.log(detail);
  }
}
