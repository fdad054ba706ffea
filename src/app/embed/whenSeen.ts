// A page of ten frames must not train ten networks that nobody has scrolled to.

/** Calls back once, when the page is first in sight. */
export function whenSeen(start: () => void): void {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    start();
  });
  observer.observe(document.documentElement);
}
