// The sentences about signals, presence and notifications, as far as the node has them; its API description tells.
export async function later({ documents }) {
  const parts = {
    signals: "/api/channels/{channel}/signals",
    presence: "/api/presence/{channel}",
    notifications: "/api/notifications",
  };
  for (const [name, path] of Object.entries(parts)) {
    if (!documents.paths?.[path]) {
      console.log(`--      ${name}: not in this node`);
    }
  }
}
