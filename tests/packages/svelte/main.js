import { mount } from 'svelte';
import { summarize } from 'nutgraf';
import 'nutgraf/define';
import App from './App.svelte';

mount(App, { target: document.body });

// For the test, which calls it from outside.
globalThis.summarize = summarize;
