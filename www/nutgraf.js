/** For the script tag: `<script type="module" src="nutgraf.js"></script>`. */

import './define.js';
