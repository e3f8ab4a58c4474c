// Lets exactly two runs be chosen: a third one takes the place of the one chosen first.

const HINTS = ['Tick two runs below.', 'One more.', 'Two chosen.'];

export function prepareCompareBar(): void {
  const bar = document.querySelector('#compare');
  const button = bar?.querySelector('button');
  const hint = bar?.querySelector('#compare-hint');
  if (!bar || !button || !hint) return;
  const boxes = [...document.querySelectorAll<HTMLInputElement>('input[name=run]')];
  let chosen = boxes.filter((box) => box.checked);
  const update = () => {
    for (const surplus of chosen.slice(0, -2)) surplus.checked = false;
    chosen = chosen.slice(-2);
    button.disabled = chosen.length !== 2;
    hint.textContent = HINTS[chosen.length] ?? '';
    for (const box of boxes) box.closest('.run')?.classList.toggle('chosen', box.checked);
  };
  for (const box of boxes) {
    box.addEventListener('change', () => {
      chosen = [...chosen.filter((other) => other !== box), ...(box.checked ? [box] : [])];
      update();
    });
  }
  addEventListener('pageshow', () => {
    chosen = boxes.filter((box) => box.checked);
    update();
  });
  update();
}
