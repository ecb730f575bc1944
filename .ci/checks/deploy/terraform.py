"""A stand-in for terraform: init, apply, output -raw NAME and destroy, with -chdir.

It evaluates every expression of deploy/*.tf with the given variables, and keeps the values in the
state. Not real: the provider, plans, questions before an apply, and what Google answers. Of what is
created it makes the bucket, in the stub, and the users of the ledger.
"""

import os
import pathlib
import sys

import hcl
from project import Bucket, load, refuse, save, sql

NUMBER = "123456789012"


class Module:
    """The files of a folder, with the variables of terraform.tfvars."""

    def __init__(self, folder):
        self.folder = folder
        self.variables, self.locals, self.outputs, self.resources = {}, {}, {}, {}
        for file in sorted(folder.glob("*.tf")):
            for name, labels, body in hcl.read(file):
                if name == "variable":
                    self.variables[labels[0]] = body
                elif name == "output":
                    self.outputs[labels[0]] = body
                elif name == "locals":
                    self.locals.update({key: value for key, _, value in body})
                elif name == "resource":
                    self.resources[tuple(labels)] = body
                elif name not in ("terraform", "provider"):
                    raise hcl.Fault(f"{file.name}: unknown block {name}")
        self.known = {}
        self.evaluator = hcl.Evaluator(folder, self.named)
        self.values = self.given()

    def given(self):
        values = {}
        file = self.folder / "terraform.tfvars"
        for name, labels, value in hcl.read(file) if file.exists() else []:
            if labels is not None or name not in self.variables:
                raise hcl.Fault(f"terraform.tfvars: {name} is no variable")
            values[name] = self.evaluator.value(value)
        for name, body in self.variables.items():
            entries = {key: value for key, labels, value in body if labels is None}
            if name not in values:
                if "default" not in entries:
                    raise hcl.Fault(f"the variable {name} has no value")
                values[name] = self.evaluator.value(entries["default"])
            self.has_type(name, entries["type"], values[name])
        return values

    @staticmethod
    def has_type(name, wanted, value):
        kinds = {"string": str, "number": (int, float), "list": list}
        kind = wanted[1] if wanted[0] == "call" else wanted[1][0]
        if not isinstance(value, kinds[kind]):
            raise hcl.Fault(f"the variable {name} is {value!r}, not a {kind}")

    def validate(self):
        for name, body in self.variables.items():
            for key, labels, rules in body:
                if key == "validation" and labels is not None:
                    entries = {rule: value for rule, _, value in rules}
                    if not self.evaluator.value(entries["condition"]):
                        raise hcl.Fault(f"{name}: {self.evaluator.value(entries['error_message'])}")

    def named(self, path):
        """The value that the first steps of a path name, and its other steps."""
        if path[0] == "var":
            if path[1] not in self.values:
                raise hcl.Fault(f"there is no variable {path[1]}")
            return self.values[path[1]], path[2:]
        if path[0] == "local":
            if path[1] not in self.locals:
                raise hcl.Fault(f"there is no local.{path[1]}")
            return self.evaluator.value(self.locals[path[1]]), path[2:]
        if path[:2] == ["path", "module"]:
            return ".", path[2:]
        address = tuple(path[:2])
        if address not in self.resources:
            raise hcl.Fault(f"there is no resource {'.'.join(map(str, path[:2]))}")
        return self.resource(address), path[2:]

    def resource(self, address):
        """One object, or with count or for_each a list or a map of them."""
        if address not in self.known:
            body = self.resources[address]
            entries = {key: value for key, labels, value in body if labels is None}
            if "count" in entries:
                count = self.evaluator.value(entries["count"])
                self.known[address] = [self.one(address, body, {}) for _ in range(count)]
            elif "for_each" in entries:
                each = self.evaluator.value(entries["for_each"])
                pairs = each.items() if isinstance(each, dict) else [(item, item) for item in each]
                self.known[address] = {
                    key: self.one(address, body, {"each": {"key": key, "value": value}})
                    for key, value in pairs
                }
            else:
                self.known[address] = self.one(address, body, {})
        return self.known[address]

    def one(self, address, body, bound):
        attributes = self.block(body, bound)
        return {**self.computed(address[0], attributes), **attributes}

    def block(self, body, bound):
        values = {}
        for name, labels, value in body:
            if labels is not None:
                values.setdefault(name, []).append(self.block(value, bound))
            elif name == "depends_on":
                for path in value[1]:
                    self.named(path[1])
            elif name not in ("count", "for_each"):
                values[name] = self.evaluator.value(value, bound)
        return values

    def computed(self, kind, attributes):
        """What the provider adds, by its documentation."""
        project = self.values["project"]
        if kind == "google_service_account":
            mail = f"{attributes['account_id']}@{project}.iam.gserviceaccount.com"
            return {"email": mail, "name": f"projects/{project}/serviceAccounts/{mail}"}
        if kind == "google_sql_database_instance":
            return {
                "connection_name": f"{project}:{attributes['region']}:{attributes['name']}",
                "service_account_email_address": f"p{NUMBER}-ledger@gcp-sa-cloud-sql.iam.gserviceaccount.com",
            }
        if kind == "google_secret_manager_secret":
            secret = attributes["secret_id"]
            return {
                "id": f"projects/{project}/secrets/{secret}",
                "name": f"projects/{NUMBER}/secrets/{secret}",
            }
        if kind == "google_artifact_registry_repository":
            return {"name": attributes["repository_id"]}
        return {}

    def apply(self):
        self.validate()
        for address in self.resources:
            self.resource(address)
        return {
            f"{kind}.{name}": value if isinstance(value, list) else
            list(value.values()) if self.is_map(kind, name) else [value]
            for (kind, name), value in self.known.items()
        }

    def is_map(self, kind, name):
        return any(key == "for_each" for key, _, _ in self.resources[(kind, name)])

    def output(self, name):
        if name not in self.outputs:
            raise hcl.Fault(f"there is no output {name}")
        return self.evaluator.value({key: value for key, _, value in self.outputs[name]}["value"])


def init(module, state):
    state["initialised"] = True


def apply(module, state):
    require(state, "initialised", "run terraform init first")
    require(state, "adc", "there are no application default credentials")
    before, state["resources"] = state["resources"], module.apply()
    state["outputs"] = {name: module.output(name) for name in module.outputs}
    if not before:
        Bucket().create(state["resources"]["google_storage_bucket.attune"][0]["name"])
        for user in state["resources"]["google_sql_user.launcher"]:
            sql("postgres", f'CREATE ROLE "{user["name"]}" LOGIN')


def destroy(module, state):
    require(state, "resources", "nothing was created")
    for address, values in state["resources"].items():
        for value in values:
            if value.get("deletion_protection"):
                raise hcl.Fault(f"{address}: deletion_protection is set")
            if address.startswith("google_storage_bucket.") and not value["force_destroy"]:
                left = Bucket().names(value["name"])
                if left:
                    raise hcl.Fault(f"{address}: the bucket has objects: {left[:3]}")
    state.update(resources={}, outputs={})


def require(state, key, sentence):
    if not state.get(key):
        raise hcl.Fault(sentence)


def main(arguments):
    folder = pathlib.Path(".")
    if arguments and arguments[0].startswith("-chdir="):
        folder = pathlib.Path(arguments.pop(0).removeprefix("-chdir="))
    if not list(folder.glob("*.tf")):
        raise hcl.Fault(f"no configuration files in {os.path.abspath(folder)}")
    state = load()
    if arguments[:2] == ["output", "-raw"] and len(arguments) == 3:
        if arguments[2] not in state["outputs"]:
            raise hcl.Fault(f"there is no output {arguments[2]}")
        print(state["outputs"][arguments[2]], end="")
        return
    commands = {"init": init, "apply": apply, "destroy": destroy}
    if len(arguments) != 1 or arguments[0] not in commands:
        raise hcl.Fault("unknown command: " + " ".join(arguments))
    commands[arguments[0]](Module(folder), state)
    save(state)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except hcl.Fault as e:
        refuse("terraform", str(e))
