import 'nutgraf/nutgraf.single.js';
