// Emitting any declared event: a form that is made from the schema of its data.
import { client, eventTypes } from './api.js';
import { words } from './forms.js';

const OWN_FORM = new Set(['feedback.given']); // Has a form of its own.
const LONG = 200; // Characters from which a text gets several lines.

const $ = id => document.getElementById(id);

function make(name, properties, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
}

/** Returns the input for one field, and how its value is read; a field of many values is written as JSON. */
function control(name, schema, required) {
  const id = `emit-${name}`;
  const common = { id, name, required };
  if (schema.enum) {
    const options = schema.enum.map(value => make('option', { value: JSON.stringify(value) }, String(value)));
    return make('select', common, ...(required ? [] : [make('option', { value: '' }, '–')]), ...options);
  }
  switch (schema.type) {
    case 'boolean':
      return make('input', { ...common, type: 'checkbox', required: false });
    case 'integer':
    case 'number': {
      const input = make('input', { ...common, type: 'number', step: schema.type === 'integer' ? '1' : 'any' });
      input.min = schema.minimum ?? '';
      input.max = schema.maximum ?? '';
      return input;
    }
    case 'string': {
      const input = schema.maxLength > LONG ? make('textarea', { ...common, rows: 2 }) : make('input', { ...common, type: 'text' });
      input.maxLength = schema.maxLength ?? -1;
      return input;
    }
    default:
      return make('textarea', { ...common, rows: 2, placeholder: 'JSON' });
  }
}

function read(input, schema) {
  if (schema.type === 'boolean') {
    return input.checked || (input.dataset.needed ? false : undefined);
  }
  if (input.value === '') {
    return undefined;
  }
  if (schema.enum) {
    return JSON.parse(input.value);
  }
  switch (schema.type) {
    case 'integer':
    case 'number':
      return Number(input.value);
    case 'string':
      return input.value;
    default:
      return JSON.parse(input.value);
  }
}

/** Sets up the part of the page that emits events. */
export function compose({ notify }) {
  let types = [];

  function fields() {
    const { schema } = types[$('emit-type').selectedIndex];
    const required = new Set(schema.required ?? []);
    $('emit-fields').replaceChildren(...Object.entries(schema.properties ?? {}).map(([name, field]) => {
      const input = control(name, field, required.has(name));
      input.dataset.needed = required.has(name) ? 'yes' : '';
      const label = make('label', { htmlFor: input.id }, name);
      const hint = [required.has(name) ? '' : 'optional', field.description ?? ''].filter(Boolean).join(', ');
      label.append(hint && make('span', { className: 'optional' }, ` ${hint}`));
      return make('div', { className: 'field' }, label, input);
    }));
  }

  async function send(event) {
    event.preventDefault();
    const { name, schema } = types[$('emit-type').selectedIndex];
    const problem = $('emit-problem');
    problem.hidden = true;
    try {
      const data = {};
      for (const [field, its] of Object.entries(schema.properties ?? {})) {
        data[field] = read($(`emit-${field}`), its);
      }
      await client.emit(name, data).accepted;
      $('emit').reset();
      notify(`${name} was emitted.`);
    } catch (failure) {
      const faults = (failure.errors ?? []).map(({ pointer, detail }) => `${pointer.replace(/^.*\/data\/?/, '')} ${detail}`);
      problem.textContent = faults.join('; ') || (failure instanceof SyntaxError ? `A field is not valid JSON: ${failure.message}` : words(failure));
      problem.hidden = false;
    }
  }

  $('emit-type').addEventListener('change', fields);
  $('emit').addEventListener('submit', send);
  return {
    /** Begins for a person who has signed in; without a type that they may emit, the part stays hidden. */
    async start() {
      const all = await eventTypes().catch(() => []);
      types = all.filter(({ name, emittable }) => emittable && !OWN_FORM.has(name));
      $('emit-part').hidden = !types.length;
      $('emit-type').replaceChildren(...types.map(({ name, meaning }) => make('option', { value: name, title: meaning }, name)));
      if (types.length) {
        fields();
      }
    },

    stop() {
      $('emit-part').hidden = true;
      $('emit-problem').hidden = true;
    },
  };
}
