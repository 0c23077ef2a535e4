import react from '@vitejs/plugin-react';
import { defineConfig, loadEnv } from 'vite';

export default defineConfig(({ mode }) => {
  const node = loadEnv(mode, '.', 'SKELLY_')['SKELLY_URL'] ?? 'http://127.0.0.1:8080';
  // The page and the node have one origin for the browser, so that the login is a cookie that scripts cannot read.
  const proxy = { '/api': { target: node, changeOrigin: true, ws: true, headers: { origin: node } } };
  return { plugins: [react()], server: { proxy }, preview: { proxy } };
});
