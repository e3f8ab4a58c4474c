// What the rules add to the shop: the role that looks at what people do and gives what the rules say.
import { type BehaviourConfig, behaviourTransportOf } from '../behaviour/feature.ts';
import { SHOP_RULES, type ShopRules } from '../contract/processes.ts';
import { ROLES } from '../contract/roles.ts';
import type { Feature } from '../platform/features/feature.ts';
import {
  type Environment,
  integer,
  oneOf,
  type Parsed,
  type ShopSettings,
} from '../platform/settings/settings.ts';
import { createRulesMetrics, type RulesMetrics } from './metrics.ts';
import { startRulesRole } from './role.ts';

const RULES_ENGINE = ROLES.rulesEngine.name;
const MINUTE_MS = 60_000;

export type RulesConfig = Readonly<{ shopRules: ShopRules; rulesCartReminderMinutes: number }>;

/** Rules live on what the topic brings. */
function rulesOf(text: string, environment: Environment): Parsed<ShopRules> {
  const parsed = oneOf(SHOP_RULES)(text);
  if (!('value' in parsed) || parsed.value === 'off') return parsed;
  const transport = behaviourTransportOf(environment.BEHAVIOUR_TRANSPORT ?? '', environment);
  return 'value' in transport && transport.value !== 'kafka'
    ? { needed: 'off, or BEHAVIOUR_TRANSPORT=kafka beside it: the rules read the actions from their topic' }
    : parsed;
}

const settings: ShopSettings<RulesConfig> = {
  shopRules: {
    variable: 'SHOP_RULES',
    fallback: 'off',
    meaning: `whether the fifteen rules give coupons and alerts: ${SHOP_RULES.join(', ')}`,
    parse: rulesOf,
  },
  rulesCartReminderMinutes: {
    variable: 'RULES_CART_REMINDER_MINUTES',
    fallback: '10',
    meaning: 'minutes that a cart stays untouched before its owner is reminded of it',
    // People are remembered for half an hour.
    parse: integer(1, 29),
  },
};

export const rulesFeature = {
  name: 'rules',
  settings,
  roles: [ROLES.rulesEngine],
  needsKafka: ({ SHOP_RULES: rules = '' }, roles) => roles.includes(RULES_ENGINE) && rules === 'on',
  metrics: createRulesMetrics,
  open(process, metrics) {
    const { config, log } = process;
    return {
      roles: {
        [RULES_ENGINE]() {
          if (config.shopRules === 'on')
            return startRulesRole(process, metrics, {
              cartReminderMs: config.rulesCartReminderMinutes * MINUTE_MS,
            });
          log.info('no rule gives anything: SHOP_RULES is off');
          return { close: async () => undefined };
        },
      },
    };
  },
} satisfies Feature<ShopSettings<RulesConfig>, RulesMetrics, BehaviourConfig>;
