// What a page does with the client: only compiled, never run.
import { createClient } from "@skelly/client";

const client = createClient();
client.close();
