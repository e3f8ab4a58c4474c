// A notification in words, and the page that it leads to.
import type { Notification } from '../../../contract/notifications.ts';
import { texts } from '../language/language.ts';
import { benefitText, scopeText } from './coupon-words.ts';

export type NotificationWords = { text: string; link: { address: string; text: string } };

export function wordsOf({ content }: Pick<Notification, 'content'>): NotificationWords {
  const { notifications, coupons, product } = texts();
  switch (content.kind) {
    case 'coupon-issued': {
      const text = notifications.coupon(benefitText(content.coupon), scopeText(content.coupon));
      return { text, link: { address: '/coupons', text: coupons.title } };
    }
    case 'cart-reminder': {
      const { coupon } = content;
      const gift = coupon === null ? '' : ` ${notifications.coupon(benefitText(coupon), scopeText(coupon))}`;
      const text = notifications.cart(content.productName) + gift;
      return { text, link: { address: '/cart', text: product.seeCart } };
    }
    case 'stock-low': {
      const { productId, productName, stockCount } = content;
      const text =
        stockCount === 0 ? notifications.soldOut(productName) : notifications.few(productName, stockCount);
      return { text, link: { address: `/products/${productId}`, text: notifications.seeProduct } };
    }
  }
}
