import { Window } from 'happy-dom';

// Imported before react-dom, which looks for a document when it is loaded.
const window = new Window({ url: 'http://localhost/' });
Object.assign(globalThis, { window, document: window.document, IS_REACT_ACT_ENVIRONMENT: true });
Object.defineProperty(globalThis, 'navigator', { value: window.navigator, configurable: true });
