// The shop's own pages at `/`: one page that finds its way by the part behind #, its files, and the pictures of products
// and categories. All data comes from the shop's API, as for any other client.
import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { Id } from '../contract/common.ts';
import { type HttpApp, registerPages } from '../platform/http/http.ts';
import { addPageFile } from '../platform/http/page-file.ts';
import { notFound } from '../platform/http/problems.ts';
import { bundleStorefront } from './bundle.ts';
import { categoryImage } from './category-image.ts';
import { drawingsVersion } from './pictures/drawings-version.ts';
import { MAX_DRAWN_NAME, type Pictured, pictureAddress } from './pictures/picture-address.ts';
import { productPicture } from './pictures/product-picture.ts';

const KEPT_A_DAY = `public, max-age=${24 * 60 * 60}`;
/** What stands behind an address of this process's own drawings never changes. */
const KEPT_FOR_GOOD = `public, max-age=${365 * 24 * 60 * 60}, immutable`;
const CategoryPictureParams = Type.Object({ file: Type.String({ pattern: '^[a-z0-9-]{1,40}\\.svg$' }) });
const ProductParams = Type.Object({ productId: Id });
const DrawnQuery = Type.Object(
  {
    of: Type.Optional(Type.String({ pattern: '^[a-z0-9-]{1,40}$' })),
    name: Type.Optional(Type.String({ maxLength: MAX_DRAWN_NAME })),
    v: Type.Optional(Type.String({ maxLength: 20 })),
  },
  { additionalProperties: false },
);

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

/** A page shows dozens of pictures at once, and they cost next to nothing: they do not count as requests of a client. */
const drawn = { rateLimit: false } as const;

function sendPicture(request: FastifyRequest, reply: FastifyReply, picture: string, kept: string) {
  const etag = `"${hash('sha256', picture, 'base64url').slice(0, 22)}"`;
  reply.header('etag', etag).header('cache-control', kept);
  if (request.headers['if-none-match'] === etag) return reply.code(304).send();
  return reply.type('image/svg+xml').send(picture);
}

function addPictures(pages: HttpApp, findPictured: FindPictured): void {
  const version = drawingsVersion();
  pages.get(
    '/images/categories/:file',
    { config: drawn, schema: { hide: true, params: CategoryPictureParams } },
    async (request, reply) => {
      const key = request.params.file.slice(0, -'.svg'.length);
      return sendPicture(request, reply, categoryImage(key), KEPT_A_DAY);
    },
  );
  pages.get(
    '/images/products/:productId/drawn',
    { config: drawn, schema: { hide: true, params: ProductParams, querystring: DrawnQuery } },
    async (request, reply) => {
      const { of, name = '', v } = request.query;
      const image = of === undefined ? '' : `/images/categories/${of}.svg`;
      const picture = productPicture({ id: request.params.productId, name, image });
      // Of other drawings, as while a shop is renewed process by process, this is not what its address stands for; nor has the shop's own
      // sign, in place of a product that nobody has drawn, a part in their version.
      const kept = picture !== null && v === version ? KEPT_FOR_GOOD : KEPT_A_DAY;
      return sendPicture(request, reply, picture ?? categoryImage('shop'), kept);
    },
  );
  // For whoever knows nothing of a product but its id: the way to its picture.
  pages.get(
    '/images/products/:productId',
    { schema: { hide: true, params: ProductParams } },
    async ({ params }, reply) => {
      const product = await findPictured(params.productId);
      if (product === null) throw notFound(`product ${params.productId}`);
      return reply.header('cache-control', KEPT_A_DAY).redirect(pictureAddress(product, version));
    },
  );
}
