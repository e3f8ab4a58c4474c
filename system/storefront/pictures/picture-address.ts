// Where the picture of a product is. What it shows stands in its address, so that the shop draws it without asking its database, and
// a browser that has it never asks again: another name, or another way of drawing, is another address.

export type Pictured = { id: number; name: string; image: string };

/** Longer names are drawn by their beginning. */
export const MAX_DRAWN_NAME = 200;

const CATEGORY_IMAGE = /^\/images\/categories\/([a-z0-9-]{1,40})\.svg$/;

/** The key of the category that an image stands for; empty when it stands for none. */
export const categoryKeyOf = (image: string): string => CATEGORY_IMAGE.exec(image)?.[1] ?? '';

/** An image of the shop itself that is a photograph; others would not be loaded (Content-Security-Policy). */
const isPhotograph = (image: string): boolean =>
  /^\/(?!\/)[\w/.-]+$/.test(image) && !image.startsWith('/images/categories/');

/** @param version of the drawings. */
export function pictureAddress({ id, name, image }: Pictured, version: string): string {
  if (isPhotograph(image)) return image;
  const drawn = { of: categoryKeyOf(image), name: name.slice(0, MAX_DRAWN_NAME).toWellFormed(), v: version };
  const present = Object.entries(drawn).filter(([, value]) => value !== '');
  return `/images/products/${id}/drawn?${new URLSearchParams(Object.fromEntries(present))}`;
}
