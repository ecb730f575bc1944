// Asks the tuned model, falls back to the general model, and logs answers and ratings.
//
//   node dist/application.js ask USER TEXT
//   node dist/application.js rate ID RATING [COMMENT]
import { readFileSync } from "node:fs";
import pg from "pg";

const INSTRUCTION = "You answer questions of customers in one or two sentences.";
const MILLIS = 30_000;
const env = process.env;

/** A model did not answer; the message says why. */
class NoAnswer extends Error {}

interface Answer {
  text: string;
  model: string;
  /** Why the general model was used; null: it was not. */
  usingFallback: string | null;
}

/** Reads the model in use at each question, so that a promotion needs no restart. */
function tunedModel(): string | undefined {
  let lines: string[];
  try {
    lines = readFileSync(env.ENV_FILE ?? ".env", "utf8").split(/\r?\n/);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      return undefined;
    }
    throw error;
  }
  const name = "FINETUNED_MODEL_ID=";
  const last = lines.filter((line) => line.startsWith(name)).pop();
  return last?.slice(name.length).trim() || undefined;
}

async function post(url: string, key: string, body: unknown): Promise<any> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${key}` },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(MILLIS),
    });
    if (response.ok) {
      return await response.json();
    }
  } catch (error) {
    throw new NoAnswer(`no connection (${(error as Error).name})`);
  }
  throw new NoAnswer(`HTTP status ${response.status}`);
}

/** Asks an endpoint or a publisher's model of Vertex AI by its resource name. */
async function askGemini(model: string, text: string): Promise<[string, boolean]> {
  const location = model.split("/")[3] ?? "";
  const hosts: Record<string, string> = {
    global: "aiplatform.googleapis.com",
    us: "aiplatform.us.rep.googleapis.com",
    eu: "aiplatform.eu.rep.googleapis.com",
  };
  const host = hosts[location] ?? `${location}-aiplatform.googleapis.com`;
  const base = env.VERTEX_BASE_URL ?? `https://${host}`;
  const reply = await post(`${base}/v1/${model}:generateContent`, env.GOOGLE_ACCESS_TOKEN ?? "", {
    systemInstruction: { parts: [{ text: INSTRUCTION }] },
    contents: [{ role: "user", parts: [{ text }] }],
  });
  // A blocked prompt has no candidates.
  const candidate = reply.candidates?.[0];
  const parts: { text?: string; thought?: boolean }[] = candidate?.content?.parts ?? [];
  const answer = parts.map((part) => (part.thought ? "" : (part.text ?? ""))).join("");
  return [answer, candidate?.finishReason === "STOP"];
}

/** Asks a model of OpenAI, or of any host with the same API. */
async function askChatCompletions(model: string, text: string): Promise<[string, boolean]> {
  const base = env.OPENAI_BASE_URL ?? "https://api.openai.com/v1";
  const reply = await post(`${base}/chat/completions`, env.OPENAI_API_KEY ?? "", {
    model,
    messages: [
      { role: "system", content: INSTRUCTION },
      { role: "user", content: text },
    ],
  });
  const choice = reply.choices?.[0];
  return [choice?.message?.content ?? "", choice?.finish_reason === "stop"];
}

async function ask(model: string, text: string): Promise<string> {
  const byResource = /^projects\/[^/]+\/locations\/[^/]+\/./.test(model);
  const [answer, complete] = await (byResource ? askGemini : askChatCompletions)(model, text);
  if (!answer.trim() || !complete) {
    throw new NoAnswer("the answer is empty, blocked or cut off");
  }
  return answer;
}

async function answer(text: string): Promise<Answer> {
  const model = tunedModel();
  let why: string;
  if (model === undefined) {
    why = "no tuned model is in use yet";
  } else if (model.startsWith("local:")) {
    why = `${model} is a model of Attune's local back end, which no server serves`;
  } else {
    try {
      return { text: await ask(model, text), model, usingFallback: null };
    } catch (error) {
      if (!(error instanceof NoAnswer)) {
        throw error;
      }
      why = `${model}: ${error.message}`;
    }
  }
  const general = env.GENERAL_MODEL ?? "";
  return { text: await ask(general, text), model: general, usingFallback: why };
}

async function main(database: pg.Client, [command, ...args]: string[]): Promise<void> {
  if (command === "ask" && args.length === 2) {
    const [user, prompt] = args as [string, string];
    const given = await answer(prompt);
    const { rows } = await database.query(
      "insert into feedback (user_id, prompt, response, model, using_fallback)" +
        " values ($1, $2, $3, $4, $5) returning id",
      [user, prompt, given.text, given.model, given.usingFallback],
    );
    const shown = { id: rows[0].id, answer: given.text, usingFallback: given.usingFallback };
    console.log(JSON.stringify(shown));
  } else if (command === "rate" && (args.length === 2 || args.length === 3)) {
    const { rowCount } = await database.query(
      "update feedback set rating = $2, comment = $3 where id = $1",
      [args[0], args[1], args[2] ?? null],
    );
    if (rowCount !== 1) {
      throw new Error(`There is no answer ${args[0]}.`);
    }
  } else {
    throw new Error("Usage: ask USER TEXT, or rate ID RATING [COMMENT]");
  }
}

const database = new pg.Client({ connectionString: env.DATABASE_URL });
try {
  await database.connect();
  await main(database, process.argv.slice(2));
} catch (error) {
  const message = (error as Error).message;
  console.error(
    error instanceof NoAnswer ? `The general model does not answer: ${message}.` : message,
  );
  process.exitCode = 1;
} finally {
  await database.end();
}
