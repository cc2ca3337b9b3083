import { handle } from "hono/vercel";
import { app } from "@/server/hono";

// ok: Hono's own routes are judged where they are declared
export const GET = handle(app);
// ok: as above
export const POST = handle(app);
