import { fileURLToPath } from 'node:url';

export default {
  distDir: 'out',
  // On the server nutgraf reads its own files, which lie beside its modules, not beside a bundle.
  serverExternalPackages: ['nutgraf'],
  // Where packages are installed; Next would guess, and say so.
  turbopack: { root: fileURLToPath(new URL('..', import.meta.url)) },
};
