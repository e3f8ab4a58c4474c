// What stands where a page will be while it is read: grey shapes of about its size.
import { texts } from '../language/language.ts';

export type SkeletonKind = 'home' | 'list' | 'product' | 'lines' | 'form';

const times = (count: number) => Array.from({ length: count }, (_, index) => index);

function Cards({ count }: { count: number }) {
  return (
    <div class="cards">
      {times(count).map((index) => (
        <div key={index} class="card">
          <div class="frame grey" />
          <div class="grey text" />
          <div class="grey text short" />
        </div>
      ))}
    </div>
  );
}

function Shape({ kind }: { kind: SkeletonKind }) {
  switch (kind) {
    case 'home':
      return (
        <>
          <div class="grey hero" />
          <Cards count={8} />
        </>
      );
    case 'list':
      return (
        <>
          <div class="grey text title" />
          <Cards count={12} />
        </>
      );
    case 'product':
      return (
        <div class="product">
          <div class="frame grey" />
          <div class="about">
            <div class="grey text title" />
            <div class="grey text short" />
            <div class="grey text" />
          </div>
        </div>
      );
    case 'lines':
      return (
        <>
          <div class="grey text title" />
          {times(4).map((index) => (
            <div key={index} class="grey row" />
          ))}
        </>
      );
    case 'form':
      return <div class="grey form narrow" />;
  }
}

export function Skeleton({ kind }: { kind: SkeletonKind }) {
  return (
    <div class="skeleton">
      <p class="unseen" role="status">
        {texts().frame.loading}
      </p>
      <Shape kind={kind} />
    </div>
  );
}
