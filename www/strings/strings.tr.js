/** @type {import('../strings.js').Strings} */
export default {
  heading: 'Özet',
  own: 'Yayıncının özeti',
  proof: {
    by: 'total',
    forms: {
      other: '{total} cümleden {count} tanesi, kelimesi kelimesine',
    },
  },
  time: '{instead} yerine {minutes}',
  length: 'Özetin uzunluğu',
  short: 'Kısa',
  medium: 'Orta',
  long: 'Uzun',
  hint: 'Makaledeki yerini görmek için bir cümle seçin.',
  jumped: 'Cümle makalede işaretlendi. Özete dönmek için Escape tuşuna basın.',
  back: 'Özete dön',
  changed: 'Makale bu arada değişti. Bu yeni bir özet.',
  failed: 'Özet yüklenemedi.',
  retry: 'Yeniden dene',
  'opted-out': 'Yayıncı bu sayfanın özetlenmemesini istedi.',
  'unsupported-language': 'Bu dildeki makaleler henüz özetlenemiyor.',
  'not-an-article': 'Bu sayfada özetlenebilecek bir makale yok gibi görünüyor.',
  truncated: 'Bu sayfada makalenin yalnızca bir bölümü var. Cümleler bu bölümden alındı.',
  'too-short': 'Bu makale tamamı okunacak kadar kısa.',
  'too-little-saved': 'Makalenin tamamı bundan pek uzun değil.',
};
