// The operator's page of the behaviour log: a filter, a histogram over time, the actions newest first. What is asked for stands
// in the address, so that it can be handed on.
import type { BehaviourHistogram, BehaviourPage } from '../../../contract/behaviour.ts';
import { byId, element } from './elements.ts';
import { ask, isSignedIn, Refused, signIn, signOut } from './operator-session.ts';
import { instantOf, seoulText } from './seoul-time.ts';
import { showHistogram, showRows } from './show.ts';

/** Put in when the script is bundled. */
declare const CONTRACT: { actions: readonly string[]; targetTypes: readonly string[] };

const filter = byId('filter', HTMLFormElement);
const older = byId('older', HTMLButtonElement);
const problem = byId('problem', HTMLParagraphElement);
const TIMES = ['from', 'to'];
let asked = 0;

function fields(): (HTMLInputElement | HTMLSelectElement)[] {
  return [...filter.elements].filter(
    (one) => one instanceof HTMLInputElement || one instanceof HTMLSelectElement,
  );
}

/** What is asked for, as the shop wants it. */
function query(): URLSearchParams {
  const wanted = new URLSearchParams();
  for (const { name, value } of fields())
    if (value.trim() !== '') wanted.set(name, TIMES.includes(name) ? instantOf(value) : value.trim());
  return wanted;
}

/** Fills the form in; what is not named is not asked for. */
function set(wanted: URLSearchParams): void {
  for (const field of fields()) {
    const value = wanted.get(field.name) ?? '';
    field.value = TIMES.includes(field.name) && value !== '' ? seoulText(value) : value;
  }
}

/** Asks for what is asked for, with these changes. */
function change(changes: Record<string, string>): void {
  const wanted = query();
  for (const [name, value] of Object.entries(changes)) wanted.set(name, value);
  set(wanted);
  go();
}

function go(): void {
  const hash = `#${query()}`;
  if (location.hash === hash) void lookUp();
  else location.hash = hash;
}

function tell(words: string | null): void {
  problem.textContent = words ?? '';
  problem.hidden = words === null;
}

/** Does something that the shop may refuse; a session that is over leads back to the sign-in. */
async function attempt(work: () => Promise<void>): Promise<void> {
  tell(null);
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    tell(error.message);
    if (error.status === 401 || error.status === 403) {
      await signOut();
      showWhoIsIn();
    }
  }
}

const lookUp = () =>
  attempt(async () => {
    asked += 1;
    const mine = asked;
    const wanted = query();
    const [histogram, page] = await Promise.all([
      ask<BehaviourHistogram>(`/operator/behaviour/histogram?${wanted}`),
      ask<BehaviourPage>(`/operator/behaviour/actions?${wanted}`),
    ]);
    // An older question's answer must not replace a newer one's.
    if (mine !== asked) return;
    showHistogram(histogram, (from, to) => change({ from, to }));
    byId('rows', HTMLTableSectionElement).replaceChildren();
    append(page, wanted);
    byId('none', HTMLParagraphElement).hidden = page.items.length > 0;
  });

function append(page: BehaviourPage, wanted: URLSearchParams): void {
  showRows(page.items, change);
  older.hidden = page.next === null;
  const mine = asked;
  older.onclick = () =>
    attempt(async () => {
      wanted.set('after', page.next ?? '');
      const next = await ask<BehaviourPage>(`/operator/behaviour/actions?${wanted}`);
      if (mine === asked) append(next, wanted);
    });
}

function showWhoIsIn(): void {
  byId('sign-in', HTMLFormElement).hidden = isSignedIn();
  byId('log', HTMLDivElement).hidden = !isSignedIn();
  byId('sign-out', HTMLButtonElement).hidden = !isSignedIn();
}

function start(): void {
  for (const [name, values] of Object.entries({
    action: CONTRACT.actions,
    targetType: CONTRACT.targetTypes,
  })) {
    const select = filter.elements.namedItem(name);
    if (select instanceof HTMLSelectElement)
      select.append(...values.map((value) => element('option', value)));
  }
  byId('sign-in', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    const form = new FormData(byId('sign-in', HTMLFormElement));
    void attempt(async () => {
      await signIn(String(form.get('email')), String(form.get('password')));
      showWhoIsIn();
      await lookUp();
    });
  });
  byId('sign-out', HTMLButtonElement).addEventListener('click', () => {
    void signOut().then(showWhoIsIn);
  });
  filter.addEventListener('submit', (event) => {
    event.preventDefault();
    go();
  });
  filter.addEventListener('reset', (event) => {
    event.preventDefault();
    set(new URLSearchParams());
    go();
  });
  addEventListener('hashchange', () => {
    set(new URLSearchParams(location.hash.slice(1)));
    if (isSignedIn()) void lookUp();
  });
  set(new URLSearchParams(location.hash.slice(1)));
  showWhoIsIn();
  if (isSignedIn()) void lookUp();
}

start();
