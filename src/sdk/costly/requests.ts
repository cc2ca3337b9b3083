import { rows, type CostlyRow } from "./row.ts";

/** Outgoing requests; the first argument is the address (or, for axios, a config that holds it). */
export const FETCH_ROWS: readonly CostlyRow[] = [
  ...rows(
    "fetch",
    "makes an outgoing request",
    "global#{fetch,$fetch}",
    "{node-fetch,cross-fetch,isomorphic-fetch,undici,node-fetch-native}#{default,fetch}",
    "undici#{request,stream}",
    "{axios,got,ky,superagent,wretch}#default",
    "{axios,got,ky,superagent}#**.{get,post,put,patch,delete,del,head,request,stream}",
    "{ofetch,nitropack,#imports}#{ofetch,$fetch,fetch}",
    "{http,https}#{get,request}",
  ),
];
