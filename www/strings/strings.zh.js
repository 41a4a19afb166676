/** @type {import('../strings.js').Strings} */
export default {
  heading: '摘要',
  own: '编辑部摘要',
  proof: {
    by: 'total',
    forms: {
      other: '全文{total}句中的{count}句，原文照录',
    },
  },
  time: '{minutes}读完，全文需{instead}分钟',
  length: '摘要长度',
  short: '短',
  medium: '中',
  long: '长',
  hint: '选择一句，可在文中查看。',
  jumped: '该句已在文中标出。按 Esc 键返回摘要。',
  back: '返回摘要',
  changed: '文章已有更新，这是新的摘要。',
  failed: '无法加载摘要。',
  retry: '重试',
  'opted-out': '应出版方要求，本页不提供摘要。',
  'unsupported-language': '暂时无法为这种语言的文章生成摘要。',
  'not-an-article': '本页似乎没有可供摘要的文章。',
  truncated: '本页只有文章的一部分，所选句子出自这一部分。',
  'too-short': '文章不长，可以直接读完全文。',
  'too-little-saved': '全文并不比摘要长多少。',
};
