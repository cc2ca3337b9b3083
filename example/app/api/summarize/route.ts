interface Completion {
  choices: { message: { content: string } }[];
}

// finding: require-ratelimit — every call is billed, and nothing bounds the number of calls
export async function POST(request: Request) {
  const { note } = (await request.json()) as { note: string };
  const response = await fetch("https://api.openai.com/v1/chat/completions", {
    method: "POST",
    headers: {
      Authorization: `Bearer ${process.env.OPENAI_API_KEY}`,
      "Content-Type": "application/json",
    },
    body: JSON.stringify({
      model: "gpt-5-mini",
      messages: [
        { role: "system", content: "Summarize the note in two sentences." },
        { role: "user", content: note.slice(0, 8000) },
      ],
    }),
  });
  if (!response.ok) return Response.json({ error: "No summary available" }, { status: 502 });
  const completion = (await response.json()) as Completion;
  return Response.json({ summary: completion.choices[0]?.message.content ?? "" });
}
