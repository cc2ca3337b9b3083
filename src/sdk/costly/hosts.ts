import { rows, type CostlyRow } from "./row.ts";

const HOSTS: ReadonlyMap<string, CostlyRow> = new Map(
  [
    // The hosts of the services' own API references; an entry covers its subdomains (regional and per-account hosts).
    ...rows("llm", "calls OpenAI", "api.openai.com", "openai.azure.com"),
    ...rows("llm", "calls Anthropic", "api.anthropic.com"),
    ...rows("llm", "calls Gemini", "generativelanguage.googleapis.com", "aiplatform.googleapis.com"),
    ...rows("llm", "calls an LLM", "openrouter.ai", "ai-gateway.vercel.sh", "gateway.ai.cloudflare.com"),
    ...rows("llm", "calls an LLM", "api.mistral.ai", "api.groq.com", "api.cohere.com", "api.cohere.ai", "api.x.ai"),
    ...rows("llm", "calls an LLM", "api.together.xyz", "api.deepseek.com", "api.perplexity.ai", "api.fireworks.ai"),
    ...rows("llm", "runs a model on Replicate", "api.replicate.com"),
    ...rows("llm", "runs a model on fal", "fal.run", "queue.fal.run"),
    ...rows("llm", "calls Hugging Face", "api-inference.huggingface.co", "router.huggingface.co"),
    ...rows("llm", "generates images", "api.stability.ai", "api.bfl.ai"),
    ...rows("llm", "generates or transcribes speech", "api.elevenlabs.io", "api.deepgram.com", "api.assemblyai.com"),
    // https://cloud.google.com/text-to-speech/docs/reference/rest, …/speech-to-text, …/translate, …/vision
    ...rows("llm", "generates or transcribes speech", "texttospeech.googleapis.com", "speech.googleapis.com"),
    ...rows("llm", "calls Google Cloud's models", "translation.googleapis.com", "translate.googleapis.com", "vision.googleapis.com", "documentai.googleapis.com"),
    ...rows("llm", "calls a paid search API", "api.tavily.com", "api.exa.ai", "api.firecrawl.dev", "serpapi.com"),
    ...rows("mail", "sends mail through Resend", "api.resend.com"),
    ...rows("mail", "sends mail through SendGrid", "api.sendgrid.com"),
    ...rows("mail", "sends mail through Postmark", "api.postmarkapp.com"),
    ...rows("mail", "sends mail through Mailgun", "api.mailgun.net", "api.eu.mailgun.net"),
    ...rows("mail", "sends mail through Brevo", "api.brevo.com", "api.sendinblue.com"),
    ...rows("mail", "sends mail through Mailjet", "api.mailjet.com"),
    ...rows("mail", "calls Mailchimp", "api.mailchimp.com", "mandrillapp.com"),
    ...rows("mail", "sends mail through ZeptoMail", "api.zeptomail.com", "api.zeptomail.eu", "api.zeptomail.in"),
    ...rows("mail", "sends mail", "app.loops.so", "api.useplunk.com", "api.mailersend.com", "api.emailjs.com"),
    ...rows("mail", "adds subscribers", "api.convertkit.com", "api.kit.com", "api.beehiiv.com", "api.buttondown.com"),
    // No kind of their own: what a signed-in user sets off there reaches the project's own channels.
    ...rows("fetch", "posts to Slack", "hooks.slack.com"),
    ...rows("fetch", "calls Slack", "slack.com"),
    ...rows("fetch", "calls Discord", "discord.com", "discordapp.com"),
    ...rows("fetch", "calls Telegram", "api.telegram.org"),
    ...rows("fetch", "calls Microsoft Graph", "graph.microsoft.com"),
    ...rows("fetch", "calls Meta's Graph API", "graph.facebook.com"),
    ...rows("sms", "sends messages through Twilio", "api.twilio.com", "verify.twilio.com"),
    ...rows("sms", "sends messages through Vonage", "api.nexmo.com", "rest.nexmo.com", "api.vonage.com"),
    ...rows(
      "sms",
      "sends messages",
      "api.plivo.com",
      "api.telnyx.com",
      "rest.messagebird.com",
      "api.africastalking.com",
    ),
    // https://sms.ru/api/send
    ...rows("sms", "sends messages through SMS.RU", "sms.ru"),
    ...rows("sms", "sends messages through OpenPhone", "api.openphone.com", "api.quo.com"),
    ...rows("sms", "sends push notifications", "exp.host", "fcm.googleapis.com", "onesignal.com"),
    ...rows("payment", "calls Stripe", "api.stripe.com"),
    ...rows("payment", "calls Lemon Squeezy", "api.lemonsqueezy.com"),
    ...rows("payment", "calls Paddle", "api.paddle.com", "sandbox-api.paddle.com"),
    ...rows(
      "payment",
      "calls a payment API",
      "api-m.paypal.com",
      "api.razorpay.com",
      "api.paystack.co",
      "api.polar.sh",
    ),
    ...rows("payment", "calls a payment API", "api.mollie.com", "connect.squareup.com", "api.flutterwave.com"),
    ...rows("queue", "publishes through QStash", "qstash.upstash.io"),
  ].map((row) => [row.pattern, row]),
);

/** Checks whether the caller is a person: it keeps programs out, and is not what they are kept from. */
const CAPTCHA =
  /^https:\/\/(?:www\.google\.com\/recaptcha\/|(?:[\w-]+\.)*(?:recaptcha\.net|recaptchaenterprise\.googleapis\.com|hcaptcha\.com|challenges\.cloudflare\.com|frcapi\.com|friendlycaptcha\.eu)\/)/u;

/** True for the address, or its beginning, of a service that tells people from programs. */
export function isCaptchaCheck(url: string): boolean {
  return CAPTCHA.test(url);
}

const AWS_SERVICES: ReadonlyMap<string, CostlyRow> = new Map(
  [
    ...rows("llm", "calls Amazon Bedrock", "bedrock-runtime"),
    ...rows("mail", "sends mail through Amazon SES", "email"),
    ...rows("sms", "publishes through Amazon SNS", "sns"),
  ].map((row) => [row.pattern, row]),
);

/**
 * What a request to this host does, for the hosts of LLM, mail, SMS and payment APIs.
 * @param host a host name as in `URL.host`: any case, a port is ignored.
 * @returns undefined for any other host: it may still be costly, nothing is known of it.
 */
export function classifyFetchHost(host: string): CostlyRow | undefined {
  const [name = ""] = host.toLowerCase().split(":");
  for (let rest = name; rest !== ""; rest = rest.slice(rest.indexOf(".") + 1)) {
    const row = HOSTS.get(rest);
    if (row) return row;
    if (!rest.includes(".")) break;
  }
  if (name.endsWith(".amazonaws.com")) return AWS_SERVICES.get(name.slice(0, name.indexOf(".")));
  // Regional hosts of Vertex AI: europe-west1-aiplatform.googleapis.com.
  return name.endsWith("-aiplatform.googleapis.com") ? HOSTS.get("aiplatform.googleapis.com") : undefined;
}
