"""Checks the Terraform of deploy/ without its provider: python check.py DEPLOY ARGUMENTS.

Every file parses. Every resource type and argument is in the list of arguments. Every reference
names something that is declared, every variable is described and used, files that are named exist,
and each value of a template file is given. No file contains a password.
"""

import json
import pathlib
import re
import sys

import hcl2

META = {"count", "for_each", "depends_on", "lifecycle", "provider"}
# Maps, whose keys are data; and blocks, whose keys are arguments.
MAPS = {"headers", "limits"}
faults = []


def plain(text):
    return text.strip('"')


def walk(value, path, known):
    """Compares the arguments of a block with the list."""
    for name, inner in value.items():
        if name.startswith("__"):
            continue
        if len(path) == 1 and name in META:
            continue
        here = path + [name]
        if ".".join(here) not in known:
            faults.append("unknown argument " + ".".join(here))
        elif name not in MAPS:
            for block in inner if isinstance(inner, list) else [inner]:
                if isinstance(block, dict):
                    walk(block, here, known)


def labels(blocks):
    """Yields (labels, body) of blocks such as resource "type" "name" {}."""
    for block in blocks:
        for first, rest in block.items():
            if not first.startswith("__"):
                yield plain(first), rest


def main(folder, arguments):
    known = {line.strip() for line in arguments.read_text().splitlines() if not line.startswith("#")}
    types = {name.split(".")[0] for name in known}
    files = sorted(folder.glob("*.tf"))
    text = "\n".join(file.read_text() for file in files)
    declared, variables, outputs = set(), {}, {}
    for file in files:
        document = hcl2.loads(file.read_text())
        for kind, rest in labels(document.get("resource", [])):
            for name, body in labels([rest]):
                declared.add(f"{kind}.{name}")
                if kind not in types:
                    faults.append(f"unknown resource type {kind}")
                else:
                    walk(body, [kind], known)
        for name, body in labels(document.get("variable", [])):
            variables[name] = body
        for name, body in labels(document.get("output", [])):
            outputs[name] = body
        for local in document.get("locals", []):
            declared.update("local." + plain(name) for name in local if not name.startswith("__"))
    for name, body in {**variables, **outputs}.items():
        if len(plain(str(body.get("description", "")))) < 20:
            faults.append(f"{name} has no description")
    code = re.sub(r"(?m)^\s*#.*$", "", text)
    for name in variables:
        if not re.search(rf"\bvar\.{name}\b", code):
            faults.append(f"variable {name} is not used")
    for name in set(re.findall(r"\bvar\.(\w+)", code)) - set(variables):
        faults.append(f"variable {name} is not declared")
    for name in set(re.findall(r"\blocal\.\w+", code)) - declared:
        faults.append(f"{name} is not declared")
    for name in set(re.findall(r"\bgoogle_\w+\.\w+", code)) - declared:
        faults.append(f"{name} is not declared")
    for name, given in re.findall(r'templatefile\("\$\{path\.module\}/([^"]+)",\s*\{(.*?)\n\s*\}\)', code, re.S):
        wanted = set(re.findall(r"\$\{(\w+)\}", (folder / name).read_text()))
        values = set(re.findall(r"(?m)^\s*(\w+)\s*=", given))
        if wanted != values:
            faults.append(f"{name} wants {sorted(wanted)} and gets {sorted(values)}")
    for name in re.findall(r'\bfile\("\$\{path\.module\}/([^"]+)"\)', code):
        json.loads((folder / name).read_text())
    if re.search(r"(?i)password\s*=|secret_data", code):
        faults.append("a password would be in the state")
    readme = (folder / "README.md").read_text()
    for name in list(variables) + list(outputs):
        if f"`{name}`" not in readme:
            faults.append(f"README.md does not name {name}")
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"deploy: {len(files)} files, {len(declared)} resources and locals, {len(variables)} variables")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])))
