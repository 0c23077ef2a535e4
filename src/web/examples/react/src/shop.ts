import type { EventOf } from '@skelly/client/react';
import { client } from './client';

export interface Product { sku: string; name: string; priceCents: number; stock: number; available: number }
export interface Item { readonly sku: string; readonly quantity: number }
export interface Order { items: readonly Item[]; totalCents?: number; state: State; reason?: string; pending: boolean }
export interface Shop { products: Map<string, Product>; orders: Map<string, Order> }

const STATES = ['placed', 'payment-requested', 'paid', 'confirmed', 'shipped', 'cancelled', 'refunded'] as const;
export type State = (typeof STATES)[number];

const among = (states: readonly State[], order?: Order) => Number(!!order && states.includes(order.state));
const isSold = (order?: Order) => among(['confirmed', 'shipped'], order);
const isTaken = (order?: Order) => among(['placed', 'payment-requested', 'paid', 'confirmed', 'shipped'], order);

/** Puts an order into a state, and changes the stock as the server does. */
export function move({ products, orders }: Shop, id: string, change: Partial<Order> & { state: State }): Shop {
  const before = orders.get(id);
  if (before && STATES.indexOf(change.state) <= STATES.indexOf(before.state)) return { products, orders }; // An event that it has seen.
  const after = { items: [], ...before, pending: false, ...change };
  const changed = new Map(products);
  for (const { sku, quantity } of after.items) {
    const product = products.get(sku);
    if (!product) continue;
    const stock = product.stock - quantity * (isSold(after) - isSold(before));
    const available = product.available - quantity * (isTaken(after) - isTaken(before));
    changed.set(sku, { ...product, stock, available });
  }
  return { products: changed, orders: new Map(orders).set(id, after) };
}

export function reduce(shop: Shop, { type, data }: EventOf<'order.*'> | EventOf<'product.updated'>): Shop {
  if (type !== 'product.updated') return move(shop, data.orderId, { ...data, state: type.slice('order.'.length) as State });
  const { stock, available } = shop.products.get(data.sku) ?? { stock: 0, available: 0 };
  return { ...shop, products: new Map(shop.products).set(data.sku, { ...data, available: available + data.stock - stock }) };
}

/** Reads both at one time. An order of another tab that comes between the answers makes a number wrong until the next read; the server decides anyway. */
export async function readShop(): Promise<Shop> {
  const [{ body }, events] = await Promise.all([
    client.request<{ items: Product[] }>('GET', '/api/products', { query: { limit: 100 } }),
    client.history('order.*'),
  ]);
  const { orders } = events.reduce<Shop>(reduce, { products: new Map(), orders: new Map() });
  return { products: new Map(body.items.map(product => [product.sku, product])), orders };
}
