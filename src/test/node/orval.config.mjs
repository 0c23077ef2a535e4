export default { skelly: { input: "openapi.json", output: { target: "client.ts", client: "fetch" } } };
