// The heart that puts a product onto the wish list and takes it off.
import { useState } from 'preact/hooks';
import { texts } from '../language/language.ts';
import { Action } from './controls.tsx';
import { Icon } from './icons.tsx';
import type { Wishes } from './wishes.ts';

type WishProps = { productId: number; isWished: boolean; wishes: Wishes };

export function Wish({ productId, isWished: wasWished, wishes }: WishProps) {
  const [isWished, show] = useState(wasWished);
  const change = async () => {
    await (isWished ? wishes.remove(productId) : wishes.add(productId));
    show(!isWished);
  };
  return (
    <Action
      class="button quiet icon wish"
      aria-pressed={isWished}
      aria-label={texts().wishes.wish}
      does={change}
    >
      <Icon name="heart" />
    </Action>
  );
}
