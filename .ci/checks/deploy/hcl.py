"""Reads the part of Terraform's language that deploy/ uses, and evaluates it without a provider.

What is not known ends with a Fault: syntax, functions, variables, resources and attributes.
"""

import base64
import json
import pathlib
import re

TOKEN = re.compile(
    r"""(?P<skip>[ \t\r]+|\#[^\n]*|//[^\n]*)|(?P<line>\n)|(?P<number>\d+(\.\d+)?)
    |(?P<name>[A-Za-z_][\w-]*)|(?P<string>")|(?P<mark>=>|==|!=|<=|>=|&&|\|\||[-{}()\[\],.:?=<>!*/+%])""",
    re.X,
)


class Fault(Exception):
    """What the real program would refuse."""


class Parser:
    def __init__(self, text, name):
        self.name = name
        self.tokens = []
        self.scan(text)
        self.at = 0

    def scan(self, text):
        at = 0
        while at < len(text):
            found = TOKEN.match(text, at)
            if not found:
                raise Fault(f"{self.name}: cannot read {text[at:at + 20]!r}")
            at = found.end()
            if found.lastgroup == "string":
                parts, at = self.string(text, at)
                self.tokens.append(("string", parts))
            elif found.group("skip") is None:
                kind = next(k for k in ("line", "number", "name", "mark") if found.group(k) is not None)
                self.tokens.append((kind, found.group()))
        self.tokens.append(("end", ""))

    def string(self, text, at):
        """A string from behind its quotation mark: its parts, texts and expressions, and its end."""
        parts, plain = [], ""
        while text[at] != '"':
            if text.startswith("${", at) and not text.startswith("$${", at - 1):
                start, depth, at = at + 2, 1, at + 2
                while depth:
                    depth += {"{": 1, "}": -1}.get(text[at], 0)
                    at += 1
                parts += [plain, Parser(text[start : at - 1], self.name).whole()]
                plain = ""
            elif text[at] == "\\":
                plain += {"n": "\n", "t": "\t"}.get(text[at + 1], text[at + 1])
                at += 2
            else:
                plain += text[at]
                at += 1
        return parts + [plain], at + 1

    def peek(self, *marks):
        return self.tokens[self.at][1] in marks and self.tokens[self.at][0] in ("mark", "name")

    def take(self, mark=None):
        kind, value = self.tokens[self.at]
        if mark is not None and value != mark:
            raise Fault(f"{self.name}: {value!r} instead of {mark!r}")
        self.at += 1
        return kind, value

    def lines(self):
        while self.tokens[self.at][0] == "line":
            self.at += 1

    def whole(self):
        value = self.expression()
        if self.tokens[self.at][0] != "end":
            raise Fault(f"{self.name}: unexpected {self.tokens[self.at][1]!r}")
        return value

    def body(self, end):
        """Attributes and blocks up to a mark: (kind, name, labels or None, value)."""
        entries = []
        self.lines()
        while self.tokens[self.at][1] != end or self.tokens[self.at][0] == "string":
            kind, name = self.take()
            if kind != "name":
                raise Fault(f"{self.name}: unexpected {name!r}")
            if self.peek("="):
                self.take()
                entries.append((name, None, self.expression()))
            else:
                labels = []
                while self.tokens[self.at][0] == "string":
                    labels.append("".join(self.take()[1]))
                self.take("{")
                entries.append((name, labels, self.body("}")))
            self.lines()
        self.take()
        return entries

    def expression(self):
        left = self.operand()
        for marks in (("==", "!=", "<=", ">=", "<", ">", "*", "+"), ("&&",), ("||",)):
            while self.peek(*marks):
                mark = self.take()[1]
                right = self.operand()
                if marks[0] in ("&&", "||") and self.peek("==", "!=", "<=", ">=", "<", ">"):
                    right = ("binary", self.take()[1], right, self.operand())
                left = ("binary", mark, left, right)
        if self.peek("?"):
            self.take()
            yes = self.expression()
            self.lines()
            self.take(":")
            return ("if", left, yes, self.expression())
        return left

    def operand(self):
        kind, value = self.take()
        if kind == "string":
            return ("text", value)
        if kind == "number":
            return ("value", float(value) if "." in value else int(value))
        if value == "[":
            return self.items()
        if value == "{":
            return self.entries()
        if value == "(":
            inner = self.expression()
            self.take(")")
            return inner
        if kind != "name":
            raise Fault(f"{self.name}: unexpected {value!r}")
        if value in ("true", "false"):
            return ("value", value == "true")
        if self.peek("("):
            self.take()
            return ("call", value, self.sequence(")"))
        path = [value]
        while self.peek(".", "["):
            if self.take()[1] == ".":
                path.append(self.take()[1])
            else:
                path.append(self.expression()[1])
                self.take("]")
        return ("path", path)

    def sequence(self, end):
        values = []
        self.lines()
        while not self.peek(end):
            values.append(self.expression())
            self.lines()
            if self.peek(","):
                self.take()
            self.lines()
        self.take()
        return values

    def items(self):
        if not self.peek("for"):
            return ("list", self.sequence("]"))
        self.take()
        name = self.take()[1]
        self.take("in")
        over = self.expression()
        self.take(":")
        each = self.expression()
        self.take("]")
        return ("for", name, over, each)

    def entries(self):
        pairs = []
        self.lines()
        while not self.peek("}"):
            kind, key = self.take()
            key = ("text", key) if kind == "string" else ("text", [key])
            if not self.peek("=", ":"):
                raise Fault(f"{self.name}: {self.tokens[self.at][1]!r} instead of '='")
            self.take()
            pairs.append((key, self.expression()))
            self.lines()
            if self.peek(","):
                self.take()
            self.lines()
        self.take()
        return ("object", pairs)


def read(file):
    """The entries of a file: of Terraform, or of variables."""
    return Parser(file.read_text(), file.name).body("")


class Evaluator:
    """Values of expressions. names: a function of a path, which raises Fault for an unknown one."""

    def __init__(self, folder, names):
        self.folder = pathlib.Path(folder)
        self.names = names

    def value(self, node, bound=None):
        bound = bound or {}
        kind = node[0]
        if kind == "value":
            return node[1]
        if kind == "text":
            return self.text(node[1], bound)
        if kind == "list":
            return [self.value(item, bound) for item in node[1]]
        if kind == "object":
            return {self.value(k, bound): self.value(v, bound) for k, v in node[1]}
        if kind == "for":
            return [self.value(node[3], {**bound, node[1]: item}) for item in self.value(node[2], bound)]
        if kind == "if":
            return self.value(node[2] if self.value(node[1], bound) else node[3], bound)
        if kind == "binary":
            return self.binary(node, bound)
        if kind == "path":
            return self.path(node[1], bound)
        return self.call(node[1], [self.value(item, bound) for item in node[2]])

    def text(self, parts, bound):
        values = [part if isinstance(part, str) else self.value(part, bound) for part in parts]
        return "".join(self.shown(value) for value in values)

    @staticmethod
    def shown(value):
        if isinstance(value, bool):
            return str(value).lower()
        if not isinstance(value, (str, int, float)):
            raise Fault(f"a text is wanted instead of {value!r}")
        return str(value)

    def binary(self, node, bound):
        left = self.value(node[2], bound)
        if node[1] == "&&":
            return bool(left) and self.value(node[3], bound)
        if node[1] == "||":
            return bool(left) or self.value(node[3], bound)
        right = self.value(node[3], bound)
        return {
            "==": lambda: left == right,
            "!=": lambda: left != right,
            "<=": lambda: left <= right,
            ">=": lambda: left >= right,
            "<": lambda: left < right,
            ">": lambda: left > right,
            "*": lambda: left * right,
            "+": lambda: left + right,
        }[node[1]]()

    def path(self, path, bound):
        if path[0] in bound:
            value, rest = bound[path[0]], path[1:]
        else:
            value, rest = self.names(path)
        for step in rest:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                raise Fault(f"{'.'.join(map(str, path))}: there is no {step}") from None
        return value

    def call(self, name, given):
        functions = {
            "tostring": lambda value: self.shown(value),
            "toset": lambda values: list(dict.fromkeys(values)),
            "length": len,
            "concat": lambda *lists: [item for part in lists for item in part],
            "flatten": lambda lists: [item for part in lists for item in part],
            "merge": lambda *maps: {key: value for part in maps for key, value in part.items()},
            "trimsuffix": lambda text, end: text.removesuffix(end),
            "base64encode": lambda text: base64.b64encode(text.encode()).decode(),
            "jsonencode": json.dumps,
            "file": lambda file: (self.folder / file).read_text(),
            "templatefile": self.template,
        }
        if name not in functions:
            raise Fault(f"unknown function {name}")
        return functions[name](*given)

    def template(self, file, values):
        def filled(found):
            if found.group(1) not in values:
                raise Fault(f"{file}: no value of {found.group(1)}")
            return self.shown(values[found.group(1)])

        return re.sub(r"\$\{(\w+)\}", filled, (self.folder / file).read_text())
