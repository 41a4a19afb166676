/** @type {import('../strings.js').Strings} */
export default {
  heading: 'Resumo',
  own: 'Resumo da redação',
  proof: {
    by: 'count',
    forms: {
      one: '{count} frase de {total}, palavra por palavra',
      other: '{count} frases de {total}, palavra por palavra',
    },
  },
  time: '{minutes} em vez de {instead}',
  length: 'Tamanho do resumo',
  short: 'Curto',
  medium: 'Médio',
  long: 'Longo',
  hint: 'Escolha uma frase para vê-la no artigo.',
  jumped: 'A frase está destacada no artigo. Pressione Esc para voltar ao resumo.',
  back: 'Voltar ao resumo',
  changed: 'O artigo mudou entretanto. Este é um novo resumo.',
  failed: 'Não foi possível carregar o resumo.',
  retry: 'Tentar novamente',
  'opted-out': 'A pedido do editor, esta página não é resumida.',
  'unsupported-language': 'Ainda não é possível resumir artigos neste idioma.',
  'not-an-article': 'Não parece haver nesta página um artigo que se possa resumir.',
  truncated: 'Nesta página está apenas parte do artigo. As frases vêm dessa parte.',
  'too-short': 'Este artigo é curto o bastante para ser lido por inteiro.',
  'too-little-saved': 'O artigo inteiro é pouco mais longo do que isto.',
};
