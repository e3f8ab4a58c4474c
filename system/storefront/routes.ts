// The shop's own pages at `/`: one page that finds its way by the part behind #, its files, and the pictures of products
// and categories. All data comes from the shop's API, as for any other client.
import Type from 'typebox';
import { Id } from '../contract/common.ts';
import { type HttpApp, registerPages } from '../platform/http/http.ts';
import { addPageFile } from '../platform/http/page-file.ts';
import { notFound } from '../platform/http/problems.ts';
import { bundleStorefront } from './bundle.ts';
import { categoryImage } from './category-image.ts';
import { type Pictured, productPicture } from './pictures/product-picture.ts';

const PICTURE_SECONDS = 24 * 60 * 60;
const KEPT = `public, max-age=${PICTURE_SECONDS}`;
const PictureParams = Type.Object({ file: Type.String({ pattern: '^[a-z0-9-]{1,40}\\.svg$' }) });
const ProductParams = Type.Object({ productId: Id });

/** What a product's picture shows; null for no such product. */
export type FindPictured = (productId: number) => Promise<Pictured | null>;

/** Adds the storefront to a server. Bundling its script takes a moment, once. */
export async function registerStorefront(app: HttpApp, deps: { findPictured: FindPictured }): Promise<void> {
  const files = bundleStorefront();
  await registerPages(app, async (pages) => {
    for (const file of files) addPageFile(pages, file);
    addPictures(pages, deps.findPictured);
  });
}

/** An image of the shop itself that is a photograph; others would not be loaded (Content-Security-Policy). */
const isPhotograph = (image: string): boolean =>
  /^\/(?!\/)[\w/.-]+$/.test(image) && !image.startsWith('/images/categories/');

function addPictures(pages: HttpApp, findPictured: FindPictured): void {
  pages.get(
    '/images/categories/:file',
    { schema: { hide: true, params: PictureParams } },
    async ({ params }, reply) =>
      reply
        .type('image/svg+xml')
        .header('cache-control', KEPT)
        .send(categoryImage(params.file.slice(0, -'.svg'.length))),
  );
  pages.get(
    '/images/products/:productId',
    { schema: { hide: true, params: ProductParams } },
    async ({ params }, reply) => {
      const product = await findPictured(params.productId);
      if (product === null) throw notFound(`product ${params.productId}`);
      reply.header('cache-control', KEPT);
      if (isPhotograph(product.image)) return reply.redirect(product.image);
      return reply.type('image/svg+xml').send(productPicture(product) ?? categoryImage('shop'));
    },
  );
}
