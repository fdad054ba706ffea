// Starts the page.
import { mount } from 'svelte';
import './look.css';
import App from './App.svelte';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html: no element #app; the page is mounted there');

mount(App, { target });
