"""A stand-in for gcloud, with the commands and flags of commands.txt.

What a command names must be in the state that the stand-in of terraform keeps. Real: objects of the
storage stub, SQL in the ledger's database, attune run as the job of Cloud Run starts it, the call
that launches a template, to the stub of Dataflow, and the launcher that the service would start for
it. Not real: every answer of Google, IAM, and the lists and logs, which it makes up from the state.
"""

import fnmatch
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.error

from project import Bucket, call, load, refuse, save, sql

HOME = pathlib.Path(os.environ["RUNBOOK_CLONE"])
SHORT = {"-r": "--recursive", "-R": "--recursive", "-a": "--all-versions"}


def stop(sentence):
    refuse("gcloud", sentence)


def known():
    commands = {}
    for line in (pathlib.Path(__file__).parent / "commands.txt").read_text().splitlines():
        if not line.startswith("#"):
            name, flags = line.split("|")
            commands[name.strip()] = flags.split()
    return commands


def parse(arguments):
    """The command, its positional arguments and its flags."""
    commands = known()
    words = [word for word in arguments if not word.startswith("-")]
    name = next((" ".join(words[:n]) for n in range(len(words), 0, -1) if " ".join(words[:n]) in commands), None)
    if name is None or arguments[: len(name.split())] != name.split():
        stop("unknown command: " + " ".join(arguments))
    rest, positional, flags = arguments[len(name.split()) :], [], {}
    while rest:
        word = rest.pop(0)
        word = SHORT.get(word, word)
        if not word.startswith("-") or word == "-":
            positional.append(word)
            continue
        flag, given, value = word.removeprefix("--").partition("=")
        if flag + "!" in commands[name]:
            if given:
                stop(f"{name}: --{flag} has no value")
            flags[flag] = True
        elif flag in commands[name]:
            if not given and not rest:
                stop(f"{name}: --{flag} needs a value")
            flags[flag] = value if given else rest.pop(0)
        else:
            stop(f"{name}: unknown flag {word}")
    return name, positional, flags


class Command:
    def __init__(self, positional, flags):
        self.state = load()
        self.given = positional
        self.flags = flags

    def names(self, count):
        if len(self.given) != count:
            stop(f"{count} arguments are wanted: {self.given}")
        return self.given

    def flag(self, name):
        if name not in self.flags:
            stop(f"--{name} is missing")
        return self.flags[name]

    def resource(self, kind, key, value):
        """The resource of a type with this value; the runbook names no other."""
        for address, found in self.state["resources"].items():
            for one in found:
                if address.startswith(kind + ".") and one.get(key) == value:
                    return one
        stop(f"there is no {kind} with {key} {value}")

    def in_region(self, resource, key, flag):
        if resource[key] != self.flag(flag):
            stop(f"{resource['name']} is in {resource[key]}, not in {self.flag(flag)}")
        return resource

    def instance(self, name):
        return self.resource("google_sql_database_instance", "name", name)

    def login(self):
        self.state["adc"] = True

    def configure_docker(self):
        """Credentials of a registry, from a helper that the script puts on the PATH."""
        (host,) = self.names(1)
        if not self.state["outputs"]["registry"].startswith(host + "/"):
            stop(f"{host} is not the registry's host")
        folder = pathlib.Path(os.environ["DOCKER_CONFIG"])
        folder.mkdir(exist_ok=True)
        (folder / "config.json").write_text(json.dumps({"credHelpers": {host: "gcloud"}}))

    def bucket(self, url):
        match = re.fullmatch(r"gs://([^/]+)/(.*)", url)
        if not match:
            stop(f"{url} is no URL of an object")
        self.resource("google_storage_bucket", "name", match.group(1))
        return match.groups()

    def cp(self):
        *sources, target = self.given
        if target.startswith("gs://"):
            bucket, prefix = self.bucket(target)
            if len(sources) > 1 and prefix and not prefix.endswith("/"):
                stop(f"{target} must end with a slash")
            for source in sources:
                self.upload(pathlib.Path(source), bucket, prefix)
        else:
            for source in sources:
                self.download(source, pathlib.Path(target))

    def upload(self, source, bucket, prefix):
        if source.is_dir():
            self.flag("recursive")
            for file in sorted(source.rglob("*")):
                if file.is_file():
                    name = prefix + file.relative_to(source.parent).as_posix()
                    Bucket().write(bucket, name, file.read_bytes())
        else:
            name = prefix + source.name if prefix.endswith("/") or not prefix else prefix
            Bucket().write(bucket, name, source.read_bytes())

    def download(self, source, target):
        bucket, name = self.bucket(source)
        names = [name]
        if "recursive" in self.flags:
            names = Bucket().names(bucket, name.rstrip("/") + "/")
        parent = pathlib.PurePosixPath(name).parent
        for each in names:
            file = target / pathlib.PurePosixPath(each).relative_to(parent) if target.is_dir() else target
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(Bucket().read(bucket, each))
        if not names:
            stop(f"{source} matches no objects")

    def cat(self):
        for url in self.given:
            sys.stdout.buffer.write(Bucket().read(*self.bucket(url)))

    def rm(self):
        for url in self.given:
            bucket, pattern = self.bucket(url)
            names = fnmatch.filter(Bucket().names(bucket), pattern)
            if not names:
                stop(f"{url} matches no objects")
            if len(names) > 1 and "**" not in pattern:
                self.flag("recursive")
            versioned = self.resource("google_storage_bucket", "name", bucket)["versioning"][0]["enabled"]
            if versioned and "all-versions" not in self.flags:
                stop(f"older versions of {url} would stay")
            for name in names:
                Bucket().delete(bucket, name)

    def set_password(self):
        self.instance(self.flag("instance"))
        self.flag("prompt-for-password")
        self.state["passwords"] = self.names(1)

    def connect(self):
        self.instance(self.names(1)[0])
        self.resource("google_sql_database", "name", self.flag("database"))
        if self.flag("user") not in self.state.get("passwords", []):
            stop(f"{self.flag('user')} has no password")
        try:
            sql(self.flag("user"), sys.stdin.read())
        except ValueError as e:
            stop(f"psql: {e}")

    def create_user(self):
        self.instance(self.flag("instance"))
        if self.flag("type") != "cloud_iam_user":
            stop(f"unexpected type {self.flags['type']}")
        (name,) = self.names(1)
        if name != name.lower():
            stop("names of IAM users have no capitals")
        sql("postgres", f'CREATE ROLE "{name}" LOGIN')

    def export(self):
        name, url = self.names(2)
        account = self.instance(name)["service_account_email_address"]
        self.resource("google_sql_database", "name", self.flag("database"))
        bucket, file = self.bucket(url)
        for address, members in self.state["resources"].items():
            for one in members:
                if address.startswith("google_storage_bucket_iam_member.") and one["member"].endswith(":" + account):
                    if one["role"] == "roles/storage.objectAdmin" and one["bucket"] == bucket:
                        Bucket().write(bucket, file, b"exported")
                        return
        stop(f"{account} may not write to {bucket}")

    def add_secret(self):
        self.resource("google_secret_manager_secret", "secret_id", self.names(1)[0])
        if self.flag("data-file") != "-" or not sys.stdin.read():
            stop("the secret is not given")

    def execute(self):
        (name,) = self.names(1)
        job = self.in_region(self.resource("google_cloud_run_v2_job", "name", name), "location", "region")
        self.flag("wait")
        container = job["template"][0]["template"][0]["containers"][0]
        self.pushed("launcher", container["image"])
        with tempfile.TemporaryDirectory() as folder:
            account = job["template"][0]["template"][0]["service_account"]
            user = account.removesuffix(".gserviceaccount.com")
            environment = {**os.environ, "CLOUD_RUN_JOB": name, "RUNBOOK_IDENTITY": user}
            done = subprocess.run(
                [HOME / "attune", *container["args"]],
                cwd=folder, env=environment, text=True, capture_output=True, timeout=300, check=False,
            )
            if os.listdir(folder):
                stop(f"attune run leaves files: {os.listdir(folder)}")
        executions = self.state.setdefault("executions", [])
        log = done.stdout + done.stderr
        executions.append({"name": f"{name}-{len(executions):05}", "exit": done.returncode, "log": log})
        save(self.state)
        if done.returncode:
            print(log, file=sys.stderr)
            sys.exit(1)

    def pushed(self, image, named):
        digests = json.loads(call("GET", f"{os.environ['RUNBOOK_CONTROL']}/digests"))
        wanted = f"{self.state['outputs']['registry']}/{image}@{digests.get(image)}"
        if named != wanted:
            stop(f"the image {named} was not pushed; {wanted} was")

    def list_executions(self):
        job = self.resource("google_cloud_run_v2_job", "name", self.flag("job"))
        self.in_region(job, "location", "region")
        for one in self.state.get("executions", []):
            print(one["name"], one["exit"])

    def read_log(self):
        self.flag("region")
        for one in self.state.get("executions", []):
            if one["name"] == self.names(1)[0]:
                print(one["log"], end="")
                return
        stop(f"there is no execution {self.given[0]}")

    def list_schedules(self):
        for one in self.state["resources"]["google_cloud_scheduler_job.run"]:
            print(self.in_region(one, "region", "location")["name"])

    def pause(self):
        one = self.resource("google_cloud_scheduler_job", "name", self.names(1)[0])
        self.in_region(one, "region", "location")

    def read_logs(self):
        field = self.names(1)[0]
        if not re.fullmatch(r"resource\.type=[a-z_]+", field):
            stop(f"unexpected filter {field}")

    def launch(self):
        """The call of the service, and then the launcher that it starts."""
        (name,) = self.names(1)
        spec = json.loads(Bucket().read(*self.bucket(self.flag("template-file-gcs-location"))))
        self.pushed("template", spec["image"])
        account = self.flag("service-account-email")
        self.resource("google_service_account", "email", account)
        parameters = dict(pair.split("=", 1) for pair in self.flag("parameters").split(","))
        allowed = {one["name"]: one for one in spec["metadata"]["parameters"]}
        for key, one in allowed.items():
            if key not in parameters and not one.get("isOptional"):
                stop(f"the parameter {key} is missing")
        for key, value in parameters.items():
            if key not in allowed or not re.fullmatch(allowed[key]["regexes"][0], value):
                stop(f"the template does not take {key}={value}")
        # Without them the service takes a bucket of its own, where this account has no rights.
        staging, temp = self.flag("staging-location"), self.flag("temp-location")
        self.bucket(staging), self.bucket(temp)
        environment = {"serviceAccountEmail": account, "stagingLocation": staging, "tempLocation": temp}
        body = {"jobName": name, "containerSpecGcsPath": self.flags["template-file-gcs-location"],
                "parameters": parameters, "environment": environment}
        project = self.state["outputs"]["registry"].split("/")[1]
        place = f"/v1b3/projects/{project}/locations/{self.flag('region')}"
        service = os.environ["RUNBOOK_DATAFLOW"].rstrip("/")
        try:
            answer = call("POST", f"{service}{place}/flexTemplates:launch",
                          json.dumps({"launchParameter": body}).encode())
        except urllib.error.HTTPError as e:
            stop(e.read().decode())
        job = json.loads(answer)["job"]["id"]
        graph = f"{staging}/template_launches/{job}/job_object"
        self.start_launcher(parameters, {
            "runner": "DataflowRunner", "project": project, "region": self.flags["region"],
            "jobName": name, "templateLocation": graph, "stagingLocation": staging,
            "tempLocation": temp, "serviceAccount": account, "dataflowEndpoint": service + "/",
            "experiments": "use_runner_v2",
        })
        written = json.loads(Bucket().read(*self.bucket(graph)))
        if written["environment"]["serviceAccountEmail"] != account:
            stop("the job runs as another account")
        print(f"id: {job}\nname: {name}")

    def start_launcher(self, parameters, options):
        given = [f"--{key}={value}" for key, value in {**parameters, **options}.items()]
        (jar,) = HOME.glob("launcher/target/attune-launcher-*.jar")
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                ["java", "-Xmx1g", *os.environ["ATTUNE_JAVA_OPTS"].split(), "-cp", jar,
                 "dev.attune.launcher.TemplateMain", *given],
                cwd=folder, text=True, capture_output=True, timeout=300, check=False,
            )
        if done.returncode:
            stop("the template's launcher: " + done.stderr)


HANDLERS = {
    "auth application-default login": Command.login,
    "auth configure-docker": Command.configure_docker,
    "storage cp": Command.cp,
    "storage cat": Command.cat,
    "storage rm": Command.rm,
    "sql connect": Command.connect,
    "sql users set-password": Command.set_password,
    "sql users create": Command.create_user,
    "sql export sql": Command.export,
    "secrets versions add": Command.add_secret,
    "run jobs execute": Command.execute,
    "run jobs executions list": Command.list_executions,
    "beta run jobs executions logs read": Command.read_log,
    "scheduler jobs list": Command.list_schedules,
    "scheduler jobs pause": Command.pause,
    "scheduler jobs resume": Command.pause,
    "logging read": Command.read_logs,
    "dataflow flex-template run": Command.launch,
}


if __name__ == "__main__":
    try:
        called, words, options = parse(sys.argv[1:])
        command = Command(words, options)
        HANDLERS[called](command)
        save(command.state)
    except (urllib.error.HTTPError, OSError, ValueError, KeyError) as e:
        stop(f"{type(e).__name__}: {e}")
