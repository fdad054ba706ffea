// Puts a style rule on the page for as long as it is wanted.

/** @returns what takes the rule off again */
export function takeAway(rule: string): () => void {
  if (rule === '') return () => undefined;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rule);
  document.adoptedStyleSheets.push(sheet);
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
  };
}
