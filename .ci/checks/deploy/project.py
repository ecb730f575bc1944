"""What the stand-ins of terraform and gcloud share: the project's state, and calls of the stubs.

The state is a JSON file that the variable RUNBOOK_STATE names: the values of all resources after
the last apply, what gcloud has changed, and how often each command ran.
"""

import json
import os
import pathlib
import sys
import urllib.error
import urllib.parse
import urllib.request

FILE = pathlib.Path(os.environ["RUNBOOK_STATE"])


def load():
    return json.loads(FILE.read_text()) if FILE.exists() else {"resources": {}, "outputs": {}}


def save(state):
    FILE.write_text(json.dumps(state, indent=1))


def refuse(program, sentence):
    """Ends the program. A file is left, too: a command whose output is inserted hides its code."""
    with open(os.environ["RUNBOOK_REFUSALS"], "a", encoding="utf-8") as refusals:
        print(f"{program} (stand-in): {sentence}", file=refusals)
    print(f"{program} (stand-in): {sentence}", file=sys.stderr)
    sys.exit(1)


def call(method, url, body=None, kind="application/json"):
    """The body of the answer; urllib.error.HTTPError for a refusal."""
    request = urllib.request.Request(url, data=body, method=method, headers={"Content-Type": kind})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read()


def sql(user, statement):
    """Runs a statement in the ledger's database."""
    try:
        query = urllib.parse.urlencode({"user": user})
        call("POST", f"{os.environ['RUNBOOK_CONTROL']}/sql?{query}", statement.encode(), "text/plain")
    except urllib.error.HTTPError as e:
        raise ValueError(e.read().decode()) from None


class Bucket:
    """Objects of the storage stub."""

    url = os.environ["ATTUNE_STORAGE_ENDPOINT"]

    def create(self, name):
        call("POST", f"{self.url}/storage/v1/b?project=p", json.dumps({"name": name}).encode())

    def names(self, bucket, prefix=""):
        query = urllib.parse.urlencode({"prefix": prefix, "maxResults": 1000})
        answer = json.loads(call("GET", f"{self.url}/storage/v1/b/{bucket}/o?{query}"))
        if "nextPageToken" in answer:
            raise ValueError(f"more than 1000 objects in {bucket}")
        return [item["name"] for item in answer.get("items", [])]

    def read(self, bucket, name):
        quoted = urllib.parse.quote(name, safe="")
        return call("GET", f"{self.url}/download/storage/v1/b/{bucket}/o/{quoted}?alt=media")

    def write(self, bucket, name, content):
        query = urllib.parse.urlencode({"uploadType": "media", "name": name})
        url = f"{self.url}/upload/storage/v1/b/{bucket}/o?{query}"
        call("POST", url, content, "application/octet-stream")

    def delete(self, bucket, name):
        call("DELETE", f"{self.url}/storage/v1/b/{bucket}/o/{urllib.parse.quote(name, safe='')}")
