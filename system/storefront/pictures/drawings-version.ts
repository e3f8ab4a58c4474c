// Tells browsers that have pictures for good when the drawings have become other ones.
import { hash } from 'node:crypto';
import { DRAWINGS, productPicture } from './product-picture.ts';

/** Of the drawings and their colours: another one where any picture has changed. */
export function drawingsVersion(): string {
  const samples = Object.entries(DRAWINGS).flatMap(([key, drawings]) =>
    drawings.map(({ words }, index) =>
      productPicture({ id: index, name: words[0] ?? '', image: `/images/categories/${key}.svg` }),
    ),
  );
  return hash('sha256', samples.join('\n'), 'base64url').slice(0, 8);
}
