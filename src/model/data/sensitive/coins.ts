import { countIn, names, plain } from "./record-names.ts";

/** What a coin has, and nothing by which somebody is let in. */
const TELLING = names("symbol ticker decimals mint mintaddress marketcap");
const FIELDS = names(`symbol ticker decimals mint mintaddress marketcap supply totalsupply chain chainid logo logouri logourl
  contractaddress price priceusd coingeckoid liquidity volume volume24h`);

/** What wallets and markets call a token, by its fields: a coin, that has a symbol and a price. */
export function isCoin(fields: readonly string[]): boolean {
  const all = fields.map(plain);
  return all.some((field) => TELLING.has(field)) && countIn(all, FIELDS) >= 2;
}
