import { useEditorContext } from '@graphiql/react';
import { useEffect, useState } from 'react';

const KINDS = { dryRun: 'dry run', write: 'writes' };

/** The panel of examples, as a plugin of GraphiQL: a click puts an example into the editors. */
export const examplesPlugin = (groups) => ({
  title: 'Examples',
  icon: () => (
    <svg
      viewBox="0 0 14 14"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.3"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d="M2 1.7h10v10.6L7 9.6l-5 2.7z" />
      <path d="M5 4.4h4M5 6.6h2.6" strokeLinecap="round" />
    </svg>
  ),
  content: () => <Panel groups={groups} />,
});

function Panel({ groups }) {
  const { chosen, choose } = useChoice(groups);
  const [words, setWords] = useState('');
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const matching = groups
    .map((group) => ({ ...group, examples: group.examples.filter((example) => holds(group, example, wanted)) }))
    .filter(({ examples }) => examples.length > 0);
  return (
    <section className="examples" aria-label="Examples">
      <header>
        <h2>Examples</h2>
        <input
          type="search"
          value={words}
          onChange={({ target }) => setWords(target.value)}
          placeholder="Filter"
          aria-label="Filter the examples"
          spellCheck="false"
        />
      </header>
      {matching.map(({ title, examples }, index) => (
        // Another key while filtering, so that what was folded by hand comes back folded.
        <details
          key={`${title} ${wanted.length > 0}`}
          open={wanted.length > 0 || index === 0 || holdsChosen(examples, chosen)}
        >
          <summary>
            {title} <span>{examples.length}</span>
          </summary>
          <ul>
            {examples.map((example) => (
              <li key={example.id}>
                <button
                  type="button"
                  data-example={example.id}
                  aria-pressed={example.id === chosen}
                  onClick={() => choose(example)}
                >
                  <b>
                    {example.title}
                    {KINDS[example.kind] && <em className={example.kind}>{KINDS[example.kind]}</em>}
                  </b>
                  <span>{example.sentence}</span>
                </button>
              </li>
            ))}
          </ul>
        </details>
      ))}
      {matching.length === 0 && <p>No example has all of these words.</p>}
    </section>
  );
}

const holdsChosen = (examples, chosen) => examples.some(({ id }) => id === chosen);

const holds = ({ title: group }, { title, sentence, document }, wanted) => {
  const text = `${group} ${title} ${sentence} ${document}`.toLowerCase();
  return wanted.every((word) => text.includes(word));
};

/** Which example is in the editors, and how to put one there without losing what somebody typed. */
function useChoice(groups) {
  const editors = useEditorContext({ nonNull: true });
  const { queryEditor, variableEditor, responseEditor, tabs, activeTabIndex, addTab } = editors;
  const [waiting, setWaiting] = useState();
  const every = groups.flatMap(({ examples }) => examples);
  const isIn = (text) => (example) => example.document.trim() === (text ?? '').trim();

  function show(example) {
    if (!queryEditor) return;
    queryEditor.setValue(example.document);
    // GraphiQL finds the new name a moment later, and would until then run the old one.
    queryEditor.operationName = null;
    variableEditor?.setValue(example.variables);
    responseEditor?.setValue('');
    queryEditor.focus();
  }
  useEffect(() => {
    if (waiting === undefined || activeTabIndex !== waiting.tab) return;
    setWaiting(undefined);
    show(waiting.example);
  });

  return {
    chosen: every.find(isIn(tabs[activeTabIndex]?.query))?.id,
    choose(example) {
      const text = queryEditor?.getValue() ?? '';
      if (text.trim() === '' || every.some(isIn(text))) {
        show(example);
        return;
      }
      addTab();
      setWaiting({ example, tab: tabs.length });
    },
  };
}
