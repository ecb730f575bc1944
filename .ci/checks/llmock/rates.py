"""Compares the requests that llmock received with a limit. Usage: rates.py URL PROVIDER LIMIT

The limit is in requests a minute, evenly spread. Prints how many there were, and how many llmock
refused with 429. Ends with 1 if a span of time had more requests than the limit allows.
"""

import json
import sys
import urllib.request

SPAN = 5.0
# Requests may be late, by as much as a busy machine delays them, and come closer together then.
LATE = 2

url, provider, limit = sys.argv[1], sys.argv[2], int(sys.argv[3])
with urllib.request.urlopen(url + "/_llmock/requests") as reply:
    requests = [r for r in json.load(reply)["requests"] if r["provider"] == provider]
times = sorted(r["started_at"] for r in requests)
allowed = SPAN * limit / 60 + 1 + LATE
most = max(sum(begin <= time < begin + SPAN for time in times) for begin in times)
refused = sum(r["status"] == 429 for r in requests)
print(f"{provider}: {len(times)} requests, {refused} of them refused, at most {most} in {SPAN:.0f} s")
if most > allowed:
    sys.exit(f"more than {allowed:.0f} in {SPAN:.0f} s")
if any((r["fault"] or "").startswith("ratelimit") for r in requests):
    sys.exit("the limit of the server was exceeded")
