export default {
  srcDir: '.',
  outDir: 'out',
};
