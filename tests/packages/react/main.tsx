import { createRoot } from 'react-dom/client';
import 'nutgraf/define';
import { HEADLINE, PARAGRAPHS } from '../story.js';

createRoot(document.body).render(
  <main>
    <h1>{HEADLINE}</h1>
    <nut-graf lang="de" length="short" />
    {PARAGRAPHS.map((text) => (
      <p key={text}>{text}</p>
    ))}
  </main>,
);
