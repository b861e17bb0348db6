import { DOC_EXPLORER_PLUGIN, DocExplorerContextProvider } from '@graphiql/plugin-doc-explorer';
import { HISTORY_PLUGIN, HistoryContextProvider } from '@graphiql/plugin-history';
import { GraphiQLProvider, usePluginStore, useSchemaStore } from '@graphiql/react';
import { GraphiQL, GraphiQLInterface } from 'graphiql';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { examplesPlugin } from './examples.jsx';
import { ask, needCredential, setCredential } from './graph.js';
import 'graphiql/style.css';
import './explorer.css';

const { asksForCredential, groups } = await (await fetch('/explorer/page.json')).json();
needCredential(asksForCredential);

const EXAMPLES_PLUGIN = examplesPlugin(groups);
const hasExamples = groups.length > 0;
const first = groups[0]?.examples[0];
const NOTHING_YET = `# Everything the graph can answer is in the documentation on the left.
query FirstLook {
  __schema { queryType { fields { name description } } }
}
`;

function Page() {
  return (
    <GraphiQLProvider
      fetcher={ask}
      defaultTabs={[{ query: first?.document ?? NOTHING_YET, variables: first?.variables ?? '' }]}
      plugins={[...(hasExamples ? [EXAMPLES_PLUGIN] : []), DOC_EXPLORER_PLUGIN, HISTORY_PLUGIN]}
      referencePlugin={DOC_EXPLORER_PLUGIN}
      visiblePlugin={hasExamples ? EXAMPLES_PLUGIN : DOC_EXPLORER_PLUGIN}
      // What was typed outlives a reload, and ends with the tab: it may name people.
      storage={sessionStorage}
    >
      <HistoryContextProvider>
        <DocExplorerContextProvider>
          <Bar />
          <Panes />
        </DocExplorerContextProvider>
      </HistoryContextProvider>
    </GraphiQLProvider>
  );
}

/** GraphiQL decides in its first moment whether a panel is open, and so must not come before the panels. */
function Panes() {
  const { plugins } = usePluginStore();
  if (plugins.length === 0) return null;
  return (
    <GraphiQLInterface defaultEditorToolsVisibility="variables" showPersistHeadersSettings={false}>
      <GraphiQL.Logo> </GraphiQL.Logo>
    </GraphiQLInterface>
  );
}

function Bar() {
  return (
    <header className="bar">
      <h1>
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <circle cx="10" cy="10" r="3.2" />
          <path d="M10 6.8V2.6M12.8 8.4l3.6-2.1M12.8 11.6l3.6 2.1M10 13.2v4.2M7.2 11.6l-3.6 2.1" />
        </svg>
        CRM Federation
      </h1>
      <nav aria-label="Pages">
        <a href="/explorer" aria-current="page">
          Explorer
        </a>
        <a href="/graphql">Sandbox</a>
        <a href="/status">Status</a>
      </nav>
      {asksForCredential && <Credential />}
    </header>
  );
}

function Credential() {
  const { introspect, schema } = useSchemaStore();
  const [text, setText] = useState('');
  function submit(event) {
    event.preventDefault();
    setCredential(text);
    void introspect();
  }
  return (
    <form className="credential" onSubmit={submit}>
      <input
        type="password"
        autoComplete="off"
        spellCheck="false"
        value={text}
        onChange={({ target }) => setText(target.value)}
        placeholder="Your key or token"
        aria-label="Your key or token for the graph; it stays on this page and is forgotten with it"
      />
      <button type="submit">{schema ? 'Change' : 'Use'}</button>
    </form>
  );
}

createRoot(document.getElementById('page')).render(<Page />);
