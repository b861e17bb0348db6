// Asks the graph. A credential lives as long as the page and is kept nowhere.

let credential = '';
let isNeeded = false;

export const needCredential = (needed) => {
  isNeeded = needed;
};

export const setCredential = (text) => {
  credential = text.trim().replace(/^Bearer\s+/i, '');
};

/** What GraphiQL calls with each operation, the introspection included; headers of its own editor win. */
export async function ask(operation, { headers = {} } = {}) {
  const sent = new Headers({ 'content-type': 'application/json' });
  if (credential !== '') sent.set('authorization', `Bearer ${credential}`);
  for (const [name, value] of Object.entries(headers)) sent.set(name, value);
  // A question without a credential would count as a failed attempt.
  if (isNeeded && !sent.has('authorization')) return refusal('Give your key or token in the bar at the top first.');
  const answer = await fetch('/graphql', { method: 'POST', headers: sent, body: JSON.stringify(operation) });
  return answer.json();
}

const refusal = (message) => ({ errors: [{ message }] });
