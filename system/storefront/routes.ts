// The shop's own pages at `/`: one page that finds its way by the part behind #, its files, and the pictures of the
// categories. All data comes from the shop's API, as for any other client.
import Type from 'typebox';
import { type HttpApp, registerPages } from '../platform/http/http.ts';
import { addPageFile } from '../platform/http/page-file.ts';
import { bundleStorefront } from './bundle.ts';
import { categoryImage } from './category-image.ts';

const PICTURE_SECONDS = 24 * 60 * 60;
const PictureParams = Type.Object({ file: Type.String({ pattern: '^[a-z0-9-]{1,40}\\.svg$' }) });

/** Adds the storefront to a server. Bundling its script takes a moment, once. */
export async function registerStorefront(app: HttpApp): Promise<void> {
  const files = bundleStorefront();
  await registerPages(app, async (pages) => {
    for (const file of files) addPageFile(pages, file);
    pages.get(
      '/images/categories/:file',
      { schema: { hide: true, params: PictureParams } },
      async ({ params }, reply) =>
        reply
          .type('image/svg+xml')
          .header('cache-control', `public, max-age=${PICTURE_SECONDS}`)
          .send(categoryImage(params.file.slice(0, -'.svg'.length))),
    );
  });
}
