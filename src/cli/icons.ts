// Draws the icons of the installed page from public/favicon.svg: `npm run icons`, after a change of it. They are kept in public/.
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright';
import { findOrInstallChromium } from './chromium.ts';

/** A maskable icon may be cut to a circle of four fifths: the lamp stays inside. */
const icons = [
  { file: 'icon-192.png', size: 192, share: 1, ground: 'transparent' },
  { file: 'icon-512.png', size: 512, share: 1, ground: 'transparent' },
  { file: 'icon-maskable-512.png', size: 512, share: 0.72, ground: '#16191d' },
];

const lamp = readFileSync('public/favicon.svg', 'utf8');
const browser = await chromium.launch({
  executablePath: await findOrInstallChromium(),
  args: ['--no-sandbox'],
});
for (const { file, size, share, ground } of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const width = Math.round(size * share);
  await page.setContent(
    `<style>body{margin:0;display:grid;place-items:center;height:100vh;background:${ground}}svg{width:${width}px;height:${width}px}</style>${lamp}`,
  );
  await page.screenshot({ path: `public/${file}`, omitBackground: true });
  await page.close();
  console.log(`public/${file}`);
}
await browser.close();
