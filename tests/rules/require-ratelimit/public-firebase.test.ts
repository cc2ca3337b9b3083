import { describe, expect, it } from "vitest";
import { verdictOf, type Verdict } from "./verdicts.ts";

/* What anyone can ask of Firebase with what is in each browser is not this route's to limit. */

const ROUTE = "app/api/notes/route.ts";
const CONFIG = "{ apiKey: process.env.NEXT_PUBLIC_FIREBASE_API_KEY, projectId: process.env.NEXT_PUBLIC_FIREBASE_PROJECT_ID, appId: 'web' }";
const READ = 'const asked = new URL(request.url).searchParams.get("by");\n  const found = await getDocs(query(collection(db, "notes"), where("by", "==", asked)));';
const LAZY = `let app = null;
export let db = null;
if (process.env.NEXT_PUBLIC_FIREBASE_API_KEY) {
  try {
    app = getApps().length ? getApp() : initializeApp(${CONFIG});
    db = initializeFirestore(app, {});
  } catch { db = getFirestore(app); }
}`;
const made = (config: string): string => `export const db = getFirestore(initializeApp(${config}));`;

const CASES: readonly (readonly [name: string, verdict: Verdict, lib: string, body: string])[] = [
  ["a query", "nobody", made(CONFIG), READ],
  ["a record", "nobody", made(CONFIG), 'const found = await getDoc(doc(db, "notes", await request.text()));'],
  ["a client that is made when it may be", "nobody", LAZY, READ],
  ["a change", "anyone", made(CONFIG), 'await addDoc(collection(db, "notes"), await request.json());'],
  ["a configuration that is not public", "anyone", made("{ apiKey: process.env.FIREBASE_API_KEY }"), READ],
  ["a configuration that is not known", "anyone", 'import { config } from "./config";\nexport const db = getFirestore(initializeApp(config));', READ],
  ["an app that is made elsewhere", "anyone", "export const db = getFirestore(getApp());", READ],
  ["the server's own SDK", "anyone", 'import { getFirestore as getAdmin } from "firebase-admin/firestore";\nexport const db = getAdmin();', 'const found = await db.collection("notes").where("by", "==", await request.text()).get();'],
  ["a client that is signed in", "anyone", `${made(CONFIG)}\nawait signInWithEmailAndPassword(getAuth(), "bot@example.com", process.env.BOT_PASSWORD);`, READ],
  ["a client that is signed in before", "anyone", made(CONFIG), `await signInWithCustomToken(getAuth(), process.env.BOT_TOKEN!);\n  ${READ}`],
  ["mail behind it", "anyone", made(CONFIG), `${READ}\n  await fetch("https://api.resend.com/emails", { method: "POST" });`],
];

describe("a read of Firestore by the browsers' SDK", () => {
  it.each(CASES)("%s: %s", (_, verdict, lib, body) => {
    const files = { "lib/firebase.ts": `import { getApp, getApps, initializeApp } from "firebase/app";\nimport { getAuth, signInWithEmailAndPassword } from "firebase/auth";\nimport { getFirestore, initializeFirestore } from "firebase/firestore";\n${lib}\n` };
    const code = `import { db } from "@/lib/firebase";\nimport { getAuth, signInWithCustomToken } from "firebase/auth";\nimport { addDoc, collection, doc, getDoc, getDocs, query, where } from "firebase/firestore";\nexport async function POST(request: Request) {\n  ${body}\n  return Response.json({});\n}\n`;
    expect(verdictOf({ ...files, [ROUTE]: code }, ROUTE)).toBe(verdict);
  });
});
