/**
 * For the script tag, all in one file: `<script type="module" src="nutgraf.single.js"></script>`. It fetches nothing, so it works from
 * any server, under any `connect-src`, in sandboxed frames and offline; but all of it is loaded before intent.
 */

import './define.js';

export * from './index.js';
