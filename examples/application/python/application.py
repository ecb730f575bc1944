"""Asks the tuned model, falls back to the general model, and logs answers and ratings.

application.py ask USER TEXT
application.py rate ID RATING [COMMENT]
"""

import json
import os
import re
import sys
import urllib.error
import urllib.request

import psycopg

INSTRUCTION = "You answer questions of customers in one or two sentences."
SECONDS = 30


class NoAnswer(Exception):
    """A model did not answer; the message says why."""


def tuned_model():
    """Reads the model in use at each question, so that a promotion needs no restart."""
    try:
        with open(os.environ.get("ENV_FILE", ".env"), encoding="utf-8") as file:
            lines = file.read().splitlines()
    except FileNotFoundError:
        return None
    values = [line.split("=", 1)[1].strip() for line in lines if line.startswith("FINETUNED_MODEL_ID=")]
    return values[-1] if values and values[-1] else None


def post(url, key, body):
    request = urllib.request.Request(
        url,
        json.dumps(body).encode(),
        {"Content-Type": "application/json", "Authorization": "Bearer " + key},
    )
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        raise NoAnswer(f"HTTP status {error.code}") from error
    except (OSError, ValueError) as error:
        raise NoAnswer(f"no connection ({type(error).__name__})") from error


def ask_gemini(model, text):
    """Asks an endpoint or a publisher's model of Vertex AI by its resource name."""
    location = model.split("/")[3]
    host = {
        "global": "aiplatform.googleapis.com",
        "us": "aiplatform.us.rep.googleapis.com",
        "eu": "aiplatform.eu.rep.googleapis.com",
    }.get(location, f"{location}-aiplatform.googleapis.com")
    base = os.environ.get("VERTEX_BASE_URL", "https://" + host)
    reply = post(
        f"{base}/v1/{model}:generateContent",
        os.environ.get("GOOGLE_ACCESS_TOKEN", ""),
        {
            "systemInstruction": {"parts": [{"text": INSTRUCTION}]},
            "contents": [{"role": "user", "parts": [{"text": text}]}],
        },
    )
    # A blocked prompt has no candidates.
    candidate = (reply.get("candidates") or [{}])[0]
    parts = candidate.get("content", {}).get("parts", [])
    answer = "".join(part.get("text", "") for part in parts if not part.get("thought"))
    return answer, candidate.get("finishReason") == "STOP"


def ask_chat_completions(model, text):
    """Asks a model of OpenAI, or of any host with the same API."""
    base = os.environ.get("OPENAI_BASE_URL", "https://api.openai.com/v1")
    reply = post(
        f"{base}/chat/completions",
        os.environ.get("OPENAI_API_KEY", ""),
        {
            "model": model,
            "messages": [
                {"role": "system", "content": INSTRUCTION},
                {"role": "user", "content": text},
            ],
        },
    )
    choice = (reply.get("choices") or [{}])[0]
    return choice.get("message", {}).get("content") or "", choice.get("finish_reason") == "stop"


def ask(model, text):
    by_resource = re.fullmatch("projects/[^/]+/locations/[^/]+/.+", model)
    answer, complete = (ask_gemini if by_resource else ask_chat_completions)(model, text)
    if not answer.strip() or not complete:
        raise NoAnswer("the answer is empty, blocked or cut off")
    return answer


def answer(text):
    """Returns the answer, who gave it, and why the general model was used (None: it was not)."""
    model = tuned_model()
    if model is None:
        why = "no tuned model is in use yet"
    elif model.startswith("local:"):
        why = f"{model} is a model of Attune's local back end, which no server serves"
    else:
        try:
            return ask(model, text), model, None
        except NoAnswer as reason:
            why = f"{model}: {reason}"
    general = os.environ["GENERAL_MODEL"]
    return ask(general, text), general, why


def main():
    with psycopg.connect(os.environ["DATABASE_URL"]) as database:
        match sys.argv[1:]:
            case ["ask", user, text]:
                response, model, why = answer(text)
                row = database.execute(
                    "insert into feedback (user_id, prompt, response, model, using_fallback)"
                    " values (%s, %s, %s, %s, %s) returning id",
                    (user, text, response, model, why),
                ).fetchone()
                print(json.dumps({"id": str(row[0]), "answer": response, "usingFallback": why}))
            case ["rate", answered, rating, *comment] if len(comment) < 2:
                changed = database.execute(
                    "update feedback set rating = %s, comment = %s where id = %s",
                    (int(rating), comment[0] if comment else None, answered),
                ).rowcount
                if changed != 1:
                    sys.exit("There is no answer " + answered + ".")
            case _:
                sys.exit(__doc__)


if __name__ == "__main__":
    try:
        main()
    except NoAnswer as reason:
        sys.exit(f"The general model does not answer: {reason}.")
