// What the lists know of the shop's products: which can be shown, and the same products in an order that suits a list.
export type Shelves = {
  categoryOf(productId: number): number | null;
  /** Neither deleted nor sold out. */
  isShown(productId: number): boolean;
  /** The most popular that can be shown, best first. */
  popular(): readonly number[];
  popularIn(categoryId: number): readonly number[];
  /** Of lower price than list price, the most popular first. */
  markedDownIn(categoryId: number): readonly number[];
  /** The products most like this one, best first. */
  alike(productId: number): readonly number[];
};
