import { useLiveQuery, type EventOf } from '@skelly/client/react';
import { useState } from 'react';
import { client } from './client';
import type { Order, Product, State } from './shop';

const STATUS: Record<State, string> = {
  placed: 'Placed',
  'payment-requested': 'Waiting for the payment',
  paid: 'Paid',
  confirmed: 'Confirmed',
  shipped: 'Shipped',
  cancelled: 'Cancelled',
  refunded: 'Cancelled and refunded',
};
const REASONS: { [reason: string]: string } = {
  customer: 'by the customer',
  'payment-failed': 'payment declined',
  unpaid: 'not paid in time',
  'out-of-stock': 'out of stock',
};
const UNCANCELLABLE: State[] = ['shipped', 'cancelled', 'refunded'];

const euros = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' });
const time = new Intl.DateTimeFormat('en', { timeStyle: 'medium' });
export const money = (cents: number) => euros.format(cents / 100);

type HistoryEvent = EventOf<'order.*'> | EventOf<'payment.*'>;

function History({ id }: { id: string }) {
  const [events] = useLiveQuery({
    types: ['order.*', 'payment.*'],
    initial: [] as HistoryEvent[],
    getState: async () => (await client.request<{ items: HistoryEvent[] }>('GET', `/api/orders/${id}/history`)).body.items,
    reduce: (all, event) => (event.data.orderId !== id || all.some(one => one.id === event.id) ? all : [...all, event]),
  });
  return (
    <ol>
      {events.map(event => (
        <li key={event.id}>
          {time.format(new Date(event.time))} {event.type} {'reason' in event.data && `(${event.data.reason})`}
        </li>
      ))}
    </ol>
  );
}

interface Props { id: string; order: Order; products: Map<string, Product>; onCancel: () => void }

export function OrderRow({ id, order: { items, totalCents, state, reason, pending }, products, onCancel }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <li className={pending ? 'pending' : ''}>
      {items.map(({ sku, quantity }) => `${quantity} × ${products.get(sku)?.name ?? sku}`).join(', ')}
      {totalCents !== undefined && `, ${money(totalCents)}`}
      <strong>{pending ? 'Pending' : STATUS[state] + (reason ? `: ${REASONS[reason] ?? reason}` : '')}</strong>
      {!pending && !UNCANCELLABLE.includes(state) && <button onClick={onCancel}>Cancel</button>}
      {(!pending || state !== 'placed') && (
        <details onToggle={event => setOpen(event.currentTarget.open)}>
          <summary>What happened</summary>
          {open && <History id={id} />}
        </details>
      )}
    </li>
  );
}
