// An answer as adapters read it.
import type { HttpResult } from '../../engine/transport/http-client.ts';
import type { Answer } from './define-shop.ts';
import { noJson } from './http-failure.ts';

/** A class, because there are many and most are read once at most. */
export class ShopAnswer implements Answer {
  readonly status: number;
  private readonly name: string;
  private readonly result: Extract<HttpResult, { kind: 'answer' }>;
  private parsed: unknown;

  constructor(name: string, result: Extract<HttpResult, { kind: 'answer' }>) {
    this.name = name;
    this.result = result;
    this.status = result.status;
  }

  header(name: string): string | null {
    const value = this.result.headers[name.toLowerCase()];
    return (typeof value === 'string' ? value : value?.join(', ')) ?? null;
  }

  text(): string {
    return this.result.text?.() ?? '';
  }

  /** The body as JSON; undefined when it is none. */
  jsonOrNothing(): unknown {
    this.parsed ??= this.result.json();
    return this.parsed;
  }

  json<T = unknown>(): T {
    if (this.jsonOrNothing() === undefined) throw noJson(this.name, this.status, this.text());
    // What the shop answers is the affair of whoever wrote the adapter.
    return this.parsed as T;
  }
}
