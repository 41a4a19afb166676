import { summarize } from 'nutgraf';
import { HEADLINE, PARAGRAPHS } from '../../story.js';
import { Define } from './define.jsx';

/** Rendered for each visit: so what is built is also run. */
export const dynamic = 'force-dynamic';

export default async function Page() {
  const { sentences } = await summarize(PARAGRAPHS.join('\n'), { title: HEADLINE, sentences: 1 });
  return (
    <main>
      <h1>{HEADLINE}</h1>
      <Define />
      <nut-graf lang="de">
        <blockquote>{sentences[0].text}</blockquote>
      </nut-graf>
      {PARAGRAPHS.map((text) => (
        <p key={text}>{text}</p>
      ))}
    </main>
  );
}
