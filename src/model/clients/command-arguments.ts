import type { ArgRole, CommandSpec } from "../../sdk/redis-commands.ts";
import type { Value } from "../values/ir.ts";
import type { Command, CommandValue } from "./clients.ts";

/**
 * Sorts the arguments of a command by what they are.
 * @param roles what each argument is; `spec.args` where the rest goes by the command's own row
 */
export function extract(
  name: string,
  spec: CommandSpec,
  run: Pick<Command, "client" | "mode" | "call" | "isRaw">,
  args: readonly Value[],
  roles: readonly (ArgRole | undefined)[],
): Command {
  const given: CommandValue[] = [];
  const keys: Value[] = [];
  const fields: Value[] = [];
  const values: CommandValue[] = [];
  let ttl: Value | undefined;
  args.forEach((value, index) => {
    const role = roles.length > index || roles !== spec.args ? roles[index] : spec.rest;
    given.push({ value, role: role ?? "other" });
    switch (role) {
      case "key":
      case "keys":
        keys.push(value);
        break;
      case "field":
        fields.push(value);
        break;
      case "value":
      case "keyEntries":
      case "fieldEntries":
      case "scoredMember":
      case "geoMember":
      case "keyPathValue":
        if (spec.stores !== false) values.push({ value, role });
        break;
      case "ttlSeconds":
      case "ttlMilliseconds":
      case "expireAtSeconds":
      case "expireAtMilliseconds":
      case "options":
        ttl ??= value;
        break;
      default:
    }
  });
  return { ...run, name, access: spec.access, keys, fields, values, ttl, args: given };
}
