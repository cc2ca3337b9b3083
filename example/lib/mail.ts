interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** Sends one mail through Resend's REST API. */
export async function sendMail(mail: Mail): Promise<void> {
  const response = await fetch("https://api.resend.com/emails", {
    method: "POST",
    headers: {
      Authorization: `Bearer ${process.env.RESEND_API_KEY}`,
      "Content-Type": "application/json",
    },
    body: JSON.stringify({ from: "Pebble <hello@pebble.example>", ...mail }),
  });
  if (!response.ok) throw new Error(`Mail was refused with status ${response.status}`);
}
