// What visits of guests add to the shop: the route by which one begins, and who a guest's socket is of.
import Type from 'typebox';
import type { Feature } from '../platform/features/feature.ts';
import { problemResponses } from '../platform/http/problems.ts';
import { createVisits } from './visits.ts';

export const visitsFeature = {
  name: 'visits',
  open: () => ({
    api({ redis }) {
      const visits = createVisits(redis);
      return {
        readVisitor: visits.read,
        routes(app) {
          app.post(
            '/visits',
            { schema: { tags: ['visits'], response: { 204: Type.Null(), ...problemResponses } } },
            async ({ protocol }, reply) => {
              const cookie = await visits.begin(protocol === 'https');
              return reply
                .code(204)
                .header('cache-control', 'no-store')
                .header('set-cookie', cookie)
                .send(null);
            },
          );
        },
      };
    },
  }),
} satisfies Feature;
