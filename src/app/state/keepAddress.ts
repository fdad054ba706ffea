// Keeps the page's address up to date, at most twice a second: browsers limit how often it may change.

const interval = 500;

/** Writes addresses into the browser's own, the latest one always. */
export function keepAddress() {
  let wanted: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    if (wanted === undefined || wanted === location.search) return;
    history.replaceState(history.state, '', wanted);
    wanted = undefined;
    timer = setTimeout(flush, interval);
  };
  return {
    write(address: string): void {
      wanted = address;
      if (timer === undefined) flush();
    },
    stop: () => clearTimeout(timer),
  };
}
