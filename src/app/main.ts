// Starts the page; in a frame, as soon as the frame is in sight.
import { mount } from 'svelte';
import './look.css';
import App from './App.svelte';
import { whenSeen } from './embed/whenSeen.ts';
import { loadLinked, type Linked } from './state/linked.ts';
import { trustOwnScripts } from './trusted.ts';

trustOwnScripts();

const target = document.getElementById('app');
if (target === null) throw new Error('index.html: no element #app; the page is mounted there');

const { search } = location;

function start(target: HTMLElement, linked: Linked): void {
  // What index.html shows until now stands where the page puts it, too.
  target.replaceChildren();
  mount(App, { target, props: { linked } });
}

// Not awaited at the top level: what a link names comes in files of its own, which wait for this one.
void loadLinked(search).then((linked) => {
  if (new URLSearchParams(search).has('embed')) whenSeen(() => start(target, linked));
  else start(target, linked);
});
