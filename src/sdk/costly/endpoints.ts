import { classifyFetchHost } from "./hosts.ts";
import type { CostlyKind, CostlyRow } from "./row.ts";

/** What an API does at some of its paths. */
interface Endpoint {
  readonly path: RegExp;
  readonly methods: ReadonlySet<string>;
  readonly kind: CostlyKind;
  readonly label: string;
}

/** An API of which only some requests are the work that its host stands for. */
interface Service {
  /** What is true of every request. */
  readonly calls: string;
  readonly endpoints: readonly Endpoint[];
}

const POST: ReadonlySet<string> = new Set(["POST"]);
const ANY: ReadonlySet<string> = new Set(["GET", "POST"]);
const CHANGES: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH", "DELETE"]);

function endpoint(kind: CostlyKind, label: string, path: RegExp, methods = POST): Endpoint {
  return { path, methods, kind, label };
}

const mail = (name: string, path: RegExp): Service => ({ calls: `calls ${name}`, endpoints: [endpoint("mail", `sends mail through ${name}`, path)] });

const TWILIO: Service = {
  calls: "calls Twilio",
  endpoints: [
    // https://www.twilio.com/docs/messaging/api, https://www.twilio.com/docs/voice/api
    endpoint("sms", "sends messages through Twilio", /\/(?:Messages|Calls)(?:\.json)?$/u),
    // https://www.twilio.com/docs/verify/api/verification, …/verification-check: the check sends nothing
    endpoint("sms", "sends messages through Twilio", /\/Verifications$/u),
    endpoint("auth", "checks a code through Twilio", /\/VerificationChecks?$/u),
  ],
};

const ZEPTOMAIL = mail("ZeptoMail", /\/email(?:\/|$)/u);
const OPENPHONE: Service = { calls: "calls OpenPhone", endpoints: [endpoint("sms", "sends messages through OpenPhone", /\/messages$/u)] };

/** By the host that `hosts.ts` knows. */
const SERVICES: ReadonlyMap<string, Service> = new Map([
  // https://resend.com/docs/api-reference/introduction
  ["api.resend.com", mail("Resend", /^\/(?:emails(?:\/batch)?|broadcasts\/[^/]+\/send)$/u)],
  // https://www.twilio.com/docs/sendgrid/api-reference/mail-send
  ["api.sendgrid.com", mail("SendGrid", /\/mail\/send$/u)],
  // https://postmarkapp.com/developer/api/overview
  ["api.postmarkapp.com", mail("Postmark", /^\/email(?:\/|$)/u)],
  // https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/messages
  ["api.mailgun.net", mail("Mailgun", /\/messages(?:\.mime)?$/u)],
  ["api.eu.mailgun.net", mail("Mailgun", /\/messages(?:\.mime)?$/u)],
  // https://developers.brevo.com/reference
  ["api.brevo.com", mail("Brevo", /\/(?:smtp\/email|sendNow|sendTest|doubleOptinConfirmation|sms)$/u)],
  ["api.sendinblue.com", mail("Brevo", /\/(?:smtp\/email|sendNow|sendTest|doubleOptinConfirmation|sms)$/u)],
  // https://dev.mailjet.com/email/guides/send-api-v31
  ["api.mailjet.com", mail("Mailjet", /\/send$/u)],
  // https://www.zoho.com/zeptomail/help/api/email-sending.html
  ["api.zeptomail.com", ZEPTOMAIL],
  ["api.zeptomail.eu", ZEPTOMAIL],
  ["api.zeptomail.in", ZEPTOMAIL],
  // https://learn.microsoft.com/en-us/graph/api/user-sendmail, …/message-send: the application's mail. `/me` is the caller's.
  ["graph.microsoft.com", mail("Microsoft Graph", /\/users\/[^/]+\/(?:sendMail|(?:mailFolders\/[^/]+\/)?messages\/[^/]+\/(?:send|reply|replyAll|forward))$/u)],
  // https://sms.ru/api/send: a GET sends as well
  ["sms.ru", { calls: "calls SMS.RU", endpoints: [endpoint("sms", "sends messages through SMS.RU", /^\/(?:sms\/send|code\/call)$/u, ANY)] }],
  // https://www.quo.com/docs/mdx/api-reference/messages/send-a-text-message
  ["api.openphone.com", OPENPHONE],
  ["api.quo.com", OPENPHONE],
  // https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages; Messenger's is `/me/messages`
  ["graph.facebook.com", { calls: "calls Meta's Graph API", endpoints: [endpoint("sms", "sends messages through WhatsApp", /^\/(?:v[\d.]+\/)?(?!me\/)[^/]+\/messages$/u)] }],
  [
    // https://loops.so/docs/api-reference/send-transactional-email, …/send-event, …/create-contact, https://loops.so/docs/forms/custom-form
    "app.loops.so",
    {
      calls: "calls Loops",
      endpoints: [
        endpoint("mail", "sends mail through Loops", /^\/api\/v1\/(?:transactional|events\/send)$/u),
        endpoint("mail", "adds contacts to Loops", /^\/api\/(?:v1\/contacts\/create|newsletter-form\/[^/]+)$/u),
        endpoint("data-write", "changes contacts of Loops", /^\/api\/v1\/contacts\/(?:update|delete)$/u, CHANGES),
      ],
    },
  ],
  ["api.twilio.com", TWILIO],
  ["verify.twilio.com", TWILIO],
  [
    // https://upstash.com/docs/qstash/api
    "qstash.upstash.io",
    {
      calls: "calls QStash",
      endpoints: [
        endpoint("queue", "publishes through QStash", /^\/v\d\/(?:publish|enqueue|batch)(?:\/|$)/u),
        endpoint("queue", "changes what QStash will deliver", /^\/v\d\/(?:messages|schedules|queues|topics|dlq|flow-?control)(?:\/|$)/iu, CHANGES),
      ],
    },
  ],
]);

/** Models are listed, and none is asked: https://platform.openai.com/docs/api-reference/models, https://docs.claude.com/en/api/models-list, https://ai.google.dev/api/models */
const LISTS_MODELS = /\/models(?:\/[^/:]+)?$/u;

/** Telegram says something of the bot, a chat or a file, and sends nothing; updates are taken out of a queue: https://core.telegram.org/bots/api#available-methods */
const ASKS_TELEGRAM = /\/get(?!Updates$)[A-Z]\w*$/u;

/** A request as far as it is known. */
export interface Asked {
  readonly host: string;
  /** The path; parts that are not known are written in it as anything but a slash. */
  readonly path: string;
  /** How the path ends is known. */
  readonly isWhole: boolean;
  /** In upper case. */
  readonly method: string | undefined;
}

/** A request that is only for a word about something, free of charge, although it may show the server's own key. */
export function isFreeRequest({ host, path, isWhole }: Asked): boolean {
  return isWhole && classifyFetchHost(host)?.pattern === "api.telegram.org" && ASKS_TELEGRAM.test(path);
}

/**
 * What a request does, for the hosts of LLM, mail, SMS and payment APIs. Of what is not known of it, the worst is
 * believed, and nothing is said that may be wrong.
 * @returns undefined: nothing that is known to cost
 */
export function classifyRequest({ host, path, isWhole, method }: Asked): Pick<CostlyRow, "kind" | "label"> | undefined {
  const row = classifyFetchHost(host);
  if (row?.kind === "llm" && method === "GET" && LISTS_MODELS.test(path)) return undefined;
  const service = row && SERVICES.get(row.pattern);
  if (!service) return row;
  const possible = service.endpoints.filter(({ methods }) => method === undefined || methods.has(method));
  const found = possible.find((entry) => entry.path.test(path));
  return found ?? (isWhole || possible.length === 0 ? undefined : { kind: row.kind, label: service.calls });
}
