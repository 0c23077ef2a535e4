import type { NextConfig } from 'next';

const node = process.env.SKELLY_URL ?? 'http://127.0.0.1:8080'; // "next build" writes it into the routes.

export default {
  compress: false, // It would hold event streams back, and the client would poll. Let a proxy in front compress pages.
  rewrites: async () => [{ source: '/api/:path*', destination: `${node}/api/:path*` }],
} satisfies NextConfig;
