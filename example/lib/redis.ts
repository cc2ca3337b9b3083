import { Redis } from "@upstash/redis";

// ok: a full-access client in a module that only server code imports
export const redis = Redis.fromEnv();
