import type { Problem } from '@skelly/client';
import { useLiveQuery } from '@skelly/client/react';
import { useState, type SubmitEvent } from 'react';
import { client } from './client';
import { money, OrderRow } from './OrderRow';
import { move, readShop, reduce, type Shop } from './shop';

const EMPTY: Shop = { products: new Map(), orders: new Map() };

export function Orders() {
  const [problem, setProblem] = useState('');
  const [{ products, orders }, { optimistic, pending, ready }] = useLiveQuery({
    types: ['order.*', 'product.updated'],
    initial: EMPTY,
    getState: readShop,
    reduce,
  });

  function write(apply: (shop: Shop) => Shop, path: string, body?: unknown) {
    setProblem('');
    optimistic(apply, () => client.request('POST', path, { body })).catch(({ status, errors, message }: Problem) => {
      // A refused write has gone by itself. One without an answer goes when the page has read whether the server has it.
      setProblem(status ? `Refused: ${errors.map(({ detail }) => detail).join(', ') || message}` : 'No answer. The list tells when the page is connected again.');
    });
  }

  function place(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [sku, token] = [String(form.get('sku')), String(form.get('token'))];
    const items = [{ sku, quantity: Number(form.get('quantity')) }];
    const totalCents = items[0]!.quantity * products.get(sku)!.priceCents;
    const id = crypto.randomUUID(); // Until the event brings that of the server. If it comes before the answer, there is one order more.
    const isThere = (shop: Shop) => shop.orders.size > orders.size;
    write(
      shop => (isThere(shop) ? shop : move(shop, id, { state: 'placed', items, totalCents, pending: true })),
      '/api/orders',
      { items, payment: { token } },
    );
  }

  const cancel = (id: string) =>
    write(shop => move(shop, id, { state: 'cancelled', reason: 'customer', pending: true }), `/api/orders/${id}/cancel`);

  return (
    <>
      <ul aria-label="Products">
        {[...products.values()].map(({ sku, name, priceCents, available }) => (
          <li key={sku}>{name}, {money(priceCents)}, <span id={`left-${sku}`}>{Math.max(0, available)} left</span></li>
        ))}
      </ul>
      {ready && products.size === 0 && <p>An administrator adds products: PUT /api/products/&#123;sku&#125;</p>}
      <form className="order" onSubmit={place}>
        <input name="quantity" aria-label="Quantity" type="number" min="1" max="1000" defaultValue="1" required />
        <select name="sku" aria-label="Product" required>
          {[...products.values()].map(({ sku, name }) => <option key={sku} value={sku}>{name}</option>)}
        </select>
        <select name="token" aria-label="Payment">
          <option value="ok">by card</option>
          <option value="slow">by a card that takes two seconds</option>
          <option value="decline">by a card that is declined</option>
        </select>
        <button disabled={pending > 0}>Order</button>
      </form>
      <p role="alert" className="fault">{problem}</p>
      <ul aria-label="Orders">
        {[...orders].reverse().map(([id, order]) => <OrderRow key={id} id={id} order={order} products={products} onCancel={() => cancel(id)} />)}
      </ul>
    </>
  );
}
