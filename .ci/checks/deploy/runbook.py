"""Takes the commands out of a runbook: python runbook.py README.md.

Prints for each, in the order of the document, its kind (shell, yaml, sql, or inline for a command
in a sentence), its line and its text, each ended by a NUL character. A fence of another language
ends with an error.
"""

import pathlib
import re
import sys
import textwrap

# What can be typed. Single words and names of commands, such as `attune run`, are no commands.
PROGRAM = re.compile(r"(\./\S+|gcloud|terraform|printf|cat|java|docker|curl|psql|python3?|bash|sh|mvn|git)\s\S")
SQL = re.compile(r"(GRANT|CREATE|ALTER|DROP|SELECT|REVOKE)\s")
FENCE = re.compile(r"^( *)```(\w*)$")
LANGUAGES = {"": "shell", "yaml": "yaml", "sql": "sql"}


def commands(text):
    fence, block = None, []
    for number, line in enumerate(text.splitlines(), 1):
        mark = FENCE.match(line)
        if fence is not None:
            if mark:
                yield LANGUAGES[fence[0]], fence[1], textwrap.dedent("\n".join(block)) + "\n"
                fence, block = None, []
            else:
                block.append(line)
        elif mark:
            fence = mark.group(2), number
            if fence[0] not in LANGUAGES:
                sys.exit(f"line {number}: a block of {fence[0]}")
        else:
            for span in re.findall(r"`([^`]+)`", line):
                if PROGRAM.match(span):
                    yield "inline", number, span
                elif SQL.match(span):
                    yield "sql", number, span


def main():
    for entry in commands(pathlib.Path(sys.argv[1]).read_text()):
        sys.stdout.write("".join(f"{part}\0" for part in entry))


if __name__ == "__main__":
    main()
