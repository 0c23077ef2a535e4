// Forms: one submit at a time; errors appear at their fields, other messages above the button.

function clearFaults(form) {
  for (const error of form.querySelectorAll('.error, .problem')) {
    error.hidden = true;
  }
  for (const input of form.querySelectorAll('[aria-invalid]')) {
    input.removeAttribute('aria-invalid');
  }
}

function showFaults(form, failure) {
  const elsewhere = [];
  let first = null;
  for (const fault of failure.errors || []) {
    const input = form.elements[fault.pointer.replace(/^#\//, '')];
    const error = input && document.getElementById(`${input.id}-error`);
    if (!error) {
      elsewhere.push(fault.detail);
      continue;
    }
    const sentence = fault.detail.charAt(0).toUpperCase() + fault.detail.slice(1);
    error.textContent = error.hidden ? sentence : `${error.textContent}; ${fault.detail}`;
    error.hidden = false;
    input.setAttribute('aria-invalid', 'true');
    first ??= input;
  }
  if (!first || elsewhere.length) {
    const box = form.querySelector('.problem');
    box.textContent = elsewhere.length ? elsewhere.join('; ') : words(failure);
    box.hidden = false;
  }
  (first || form.elements[0]).focus();
}

export function words(failure) {
  if (!failure.status) {
    return 'The server cannot be reached. Please try again.';
  }
  const text = failure.message.charAt(0).toUpperCase() + failure.message.slice(1);
  return failure.retryMs ? `${text} (in ${Math.ceil(failure.retryMs / 1000)} s)` : text;
}

function values(form) {
  const fields = Object.fromEntries(new FormData(form));
  if ('name' in fields && !fields.name.trim()) {
    delete fields.name;
  }
  return fields;
}

export function onSubmit(form, work) {
  form.addEventListener('submit', async event => {
    event.preventDefault();
    const button = form.querySelector('button[type="submit"]');
    if (button.getAttribute('aria-busy') === 'true') {
      return;
    }
    clearFaults(form);
    button.setAttribute('aria-busy', 'true');
    try {
      await work(values(form));
      form.reset();
    } catch (failure) {
      showFaults(form, failure);
    } finally {
      button.removeAttribute('aria-busy');
    }
  });
}
