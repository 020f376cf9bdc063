"""Runs train, score, retrain and rollback against real services on 127.0.0.1: jobs/drill services [NAME ...]

    python services.py LATENT FOLDER NAME ...

LATENT is the script jobs/latent, FOLDER an empty directory. The server of S3 comes from PyPI, into the Python that
runs this, and so do the Spark that knows YARN, PostgreSQL, MLflow and the wheel of this project; Delta, Iceberg and
drivers come from Maven by --packages. JAVA is the Java of the cluster of HDFS and YARN, and HADOOP_CLUSTER its class path.
Prints a table in Markdown, and ends with 1 if a step failed.
"""

import contextlib
import functools
import importlib.metadata
import importlib.util
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

HADOOP = pathlib.Path(__file__).resolve().parents[1] / "hadoop"
SEED = """
model { type = mixture, components = 2 }
data { path = "%s", format = csv }
output { path = "%s", overwrite = true, report = false }
"""


def conf(settings, *packages):
    options = ["--packages", ",".join(packages)] if packages else []
    for key, value in settings.items():
        options += ["--conf", f"{key}={value}"]
    return options


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def server(command, port, log, **further):
    with open(log, "w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, start_new_session=True, **further)
    try:
        deadline = time.monotonic() + 120
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{command[0]} did not start; {log} has the reason")
            time.sleep(0.5)
        yield
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait()


class Service:
    """What a service changes: places of tables and of the registry, and options of spark-submit."""

    def __init__(self, folder, name):
        self.name = name
        self.folder = folder
        self.options = []
        self.environment = {}
        self.settings = {}
        self.input = {"output.path": folder / "table"}
        self.table = {"data.path": folder / "table", "data.format": "parquet"}
        self.scores = {"output.path": folder / "scores"}
        self.registry = str(folder / "registry")
        self.other = None  # where another table is written, and how it is read; only a table with transactions needs one

    def catalog(self, prefix):
        self.input = {"output.table": prefix + "readings"}
        self.table = {"data.table": prefix + "readings"}
        self.scores = {"output.table": prefix + "scores"}

    def load(self, output):
        """Brings the rows of a night from where sample wrote them to where the night reads them."""

    def check(self, runner):
        """Returns what else was found after the last step."""
        return ""


@contextlib.contextmanager
def delta(folder):
    service = Service(folder, "Delta 4.4.0")
    settings = {
        "spark.sql.extensions": "io.delta.sql.DeltaSparkSessionExtension",
        "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
        "spark.sql.sources.default": "delta",
    }
    service.options = conf(settings, "io.delta:delta-spark_4.1_2.13:4.4.0")
    service.input = {"output.table": f"delta.`{folder}/readings`"}
    service.table = {"data.path": folder / "readings", "data.format": "delta"}
    service.scores = {"output.table": f"delta.`{folder}/scores`"}
    service.other = {"output.table": f"delta.`{folder}/others`"}, {"data.path": folder / "others"}
    yield service


@contextlib.contextmanager
def iceberg(folder):
    service = Service(folder, "Iceberg 1.12.0")
    settings = {
        "spark.sql.catalog.lake": "org.apache.iceberg.spark.SparkCatalog",
        "spark.sql.catalog.lake.type": "hadoop",
        "spark.sql.catalog.lake.warehouse": folder / "lake",
    }
    (folder / "lake" / "db").mkdir(parents=True)
    service.options = conf(settings, "org.apache.iceberg:iceberg-spark-runtime-4.1_2.13:1.12.0")
    service.catalog("lake.db.")
    service.other = {"output.table": "lake.db.others"}, {"data.table": "lake.db.others"}
    yield service


@contextlib.contextmanager
def s3(folder):
    service = Service(folder, "S3 (moto)")
    port = free_port()
    with server([sys.executable, "-m", "moto.server", "-p", str(port)], port, folder / "server.log"):
        request = urllib.request.Request(f"http://127.0.0.1:{port}/latent", method="PUT")
        urllib.request.urlopen(request).close()
        key = "spark.hadoop.fs.s3a."
        settings = {
            key + "endpoint": f"http://127.0.0.1:{port}",
            key + "endpoint.region": "us-east-1",
            key + "path.style.access": "true",
            key + "access.key": "latent",
            key + "secret.key": "latent",
        }
        service.options = conf(settings, "org.apache.hadoop:hadoop-aws:3.4.2")
        service.input = {"output.path": "s3a://latent/table"}
        service.table = {"data.format": "parquet"}  # the path is that of the version
        service.scores = {"output.path": "s3a://latent/scores"}
        service.registry = "s3a://latent/registry"
        yield service


@contextlib.contextmanager
def hdfs(folder):
    """Everything in HDFS, which refuses who has no ticket of Kerberos. Spark gets one with a keytab."""
    service = Service(folder, "HDFS 3.4.2 with Kerberos")
    java = pathlib.Path(os.environ["JAVA"]).resolve()
    port = free_port()
    (folder / "site").mkdir()  # Java ignores a folder on the class path that is not there at its start
    libraries = f"{folder}/site:{os.environ['HADOOP_CLUSTER']}"
    command = [java, "-Xmx1g", "--add-opens", "java.base/java.lang=ALL-UNNAMED", "-cp", libraries]
    command += [HADOOP / "SecureCluster.java", folder, str(port)]
    environment = {**os.environ, "JAVA_HOME": str(java.parents[1])}  # for the containers of YARN
    with server(command, port, folder / "server.log", cwd=folder, env=environment):
        service.environment = {"HADOOP_CONF_DIR": str(folder / "site")}
        realm = f"-Djava.security.krb5.conf={folder}/krb5.conf"
        settings = {
            "spark.kerberos.principal": "latent@EXAMPLE.COM",
            "spark.kerberos.keytab": folder / "latent.keytab",
            "spark.driver.extraJavaOptions": realm,
            "spark.executor.extraJavaOptions": realm,
        }
        service.options = conf(settings)
        service.input = {"output.path": "/warehouse/table"}
        service.table = {"data.path": "/warehouse/table", "data.format": "parquet"}
        service.scores = {"output.path": "/warehouse/scores"}
        service.registry = "/warehouse/registry"
        yield service


@contextlib.contextmanager
def yarn(folder):
    """The same with executors on YARN, then a training whose driver is there, too."""
    with hdfs(folder) as service:
        service.name = "YARN 3.4.2 with Kerberos"
        spark = importlib.util.find_spec("pyspark").submodule_search_locations[0]
        service.environment["SPARK_HOME"] = spark
        # In cluster deploy mode the options of the driver are not those of spark-submit.
        service.environment["SPARK_SUBMIT_OPTS"] = realm = f"-Djava.security.krb5.conf={folder}/krb5.conf"
        settings = {"spark.executor.instances": 1, "spark.executor.cores": 2, "spark.yarn.jars": f"local:{spark}/jars/*"}
        settings["spark.yarn.am.extraJavaOptions"] = realm  # the driver of client mode is another process
        service.options += ["--master", "yarn", *conf(settings)]

        def check(runner):
            trained = {"output.path": "/warehouse/cluster", **service.table}
            runner.run("train", folder / "night.conf", trained, [*service.options, "--deploy-mode", "cluster"], figures=False)
            evaluated = {"model.path": "/warehouse/cluster", "output.path": "/warehouse/measures", **service.table}
            rows = runner.run("evaluate", folder / "night.conf", evaluated, service.options)["rows"]["evaluation"]
            return f"{rows} rows evaluated with the model of a driver on YARN"

        service.check = check
        yield service


@contextlib.contextmanager
def postgresql(folder):
    """A table of a database, which is read. The database loads it from the files of sample."""
    programs = pathlib.Path(importlib.util.find_spec("pgserver").submodule_search_locations[0], "pginstall", "bin")
    version = subprocess.run([programs / "postgres", "--version"], check=True, stdout=subprocess.PIPE, text=True).stdout
    service = Service(folder, f"PostgreSQL {version.split()[-1]}")
    place = pathlib.Path(tempfile.mkdtemp())
    user = []
    if os.getuid() == 0:  # PostgreSQL refuses it
        shutil.chown(place, "nobody")
        user = ["setpriv", "--reuid=nobody", "--clear-groups"]
    port = free_port()
    command = [*user, programs / "postgres", "-D", place / "data", "-p", str(port), "-k", place, "-h", "127.0.0.1"]
    try:
        (place / "password").write_text("a secret")
        make = [programs / "initdb", "-A", "scram-sha-256", "-U", "latent", f"--pwfile={place}/password"]
        subprocess.run([*user, *make, "-D", place / "data"], check=True, stdout=subprocess.DEVNULL)
        with server(command, port, folder / "server.log"):
            key = "spark.sql.catalog.db"
            settings = {
                key: "org.apache.spark.sql.execution.datasources.v2.jdbc.JDBCTableCatalog",
                key + ".url": f"jdbc:postgresql://127.0.0.1:{port}/postgres",
                key + ".driver": "org.postgresql.Driver",
                key + ".user": "latent",
                key + ".password": "a secret",
            }
            service.options = conf(settings, "org.postgresql:postgresql:42.7.14")

            service.input["output.format"] = "csv"
            service.table = {"data.table": "db.public.readings"}
            psql = [programs / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", str(port)]

            def load(output):
                files = sorted(pathlib.Path(output).glob("*.csv"))
                columns = ", ".join(f"{name} double precision" for name in files[0].open().readline().strip().split(","))
                script = [f"drop table if exists readings; create table readings ({columns});"]
                script += [f"\\copy readings from '{file}' with (format csv, header)" for file in files]
                account = {**os.environ, "PGUSER": "latent", "PGPASSWORD": "a secret", "PGDATABASE": "postgres"}
                subprocess.run(psql, check=True, input="\n".join(script), text=True, env=account)

            service.load = load
            yield service
    finally:
        shutil.rmtree(place)


@contextlib.contextmanager
def mlflow(folder):
    """A registry in S3, and a server of MLflow with passwords that is away, ends in the middle and loses things."""
    with s3(folder) as service:
        service.name = f"MLflow {importlib.metadata.version('mlflow')} and S3 (moto)"
        port = free_port()
        address = f"http://127.0.0.1:{port}"
        os.environ.update(MLFLOW_TRACKING_USERNAME="admin", MLFLOW_TRACKING_PASSWORD="the secret of a drill")
        os.environ.update(MLFLOW_AUTH_ADMIN_PASSWORD="the secret of a drill")
        os.environ.update(MLFLOW_HTTP_REQUEST_MAX_RETRIES="1", MLFLOW_FLASK_SERVER_SECRET_KEY="latent")
        command = [sys.executable, "-m", "mlflow", "server", "--app-name", "basic-auth", "--port", str(port), "--workers", "1"]
        command += ["--backend-store-uri", f"sqlite:///{folder}/mlflow.db", "--artifacts-destination", folder / "artifacts"]
        running = functools.partial(server, command, port, folder / "mlflow.log", cwd=folder)
        log = open(folder / "sync.log", "a")

        def start(name="registry", **environment):
            call = [sys.executable, "-m", "spark_latent", "mlflow", "sync", service.registry, "--tracking-uri", address]
            call += ["--experiment", name, "--name", name, "--", *map(str, service.options)]
            return subprocess.Popen(call, stdout=log, stderr=log, env={**os.environ, **environment})

        def sync(expected, **further):
            code = start(**further).wait()
            if code != expected:
                raise RuntimeError(f"sync ended with {code}, expected {expected}; {log.name} has the reason")

        def found(client, name="registry"):
            """The runs of the registry by version of the model, and where the aliases point."""
            versions = client.search_model_versions(f"name = '{name}'")
            runs = {int(version.version): version.tags["spark_latent.runId"] for version in versions}
            aliases = client.get_registered_model(name).aliases if runs else {}
            return sorted(runs.values()), {alias: runs[int(number)] for alias, number in aliases.items()}

        def check(runner):
            from mlflow import MlflowClient

            client = MlflowClient(address)
            expected = (["night-1", "night-2"], {"champion": "night-1"})
            sync(1)
            with running():
                sync(1, MLFLOW_TRACKING_PASSWORD="wrong")
                for _ in range(2):
                    sync(0)
                    if found(client) != expected:
                        raise RuntimeError(f"MLflow has {found(client)}, expected {expected}")
                place = client.get_experiment_by_name("registry").experiment_id
                client.delete_experiment(place)
                sync(1)
                client.restore_experiment(place)
                client.delete_registered_model("registry")
                sync(0)
                if found(client) != expected:
                    raise RuntimeError(f"MLflow has {found(client)} after a model was deleted, expected {expected}")
                begun = start("other")
                while begun.poll() is None and not found(client, "other")[0]:
                    time.sleep(0.1)
            if begun.wait() > 1:  # 0: it was faster
                raise RuntimeError(f"sync ended with {begun.returncode} when the server had gone")
            with running():
                sync(0, name="other")
                if found(client, "other") != expected:
                    raise RuntimeError(f"MLflow has {found(client, 'other')} after an outage, expected {expected}")
            return (
                "sync ended with 1 without the server, with a wrong password, with a deleted experiment and when the server"
                " ended in the middle; then with 0, each version there once, and the champion's alias where it was"
            )

        service.check = check
        yield service


SERVICES = {
    "delta": delta,
    "iceberg": iceberg,
    "s3": s3,
    "hdfs": hdfs,
    "yarn": yarn,
    "postgresql": postgresql,
    "mlflow": mlflow,
}


class EndedError(RuntimeError):
    def __init__(self, code, log, reason):
        super().__init__(reason)
        self.code = code
        self.log = log


class Runner:
    def __init__(self, latent, folder, environment=None):
        self.latent = latent
        self.folder = folder
        self.environment = {**os.environ, **(environment or {})}
        self.steps = 0
        self.seconds = {}

    def call(self, command, configuration, settings, options, arguments, figures):
        """Returns the next command as it is started, and its log."""
        self.steps += 1
        call = [self.latent, *command.split(), "--config", configuration, *arguments]
        for key, value in settings.items():
            call += ["--set", f"{key}={json.dumps(str(value))}"]
        call += ["--json"] if figures else []
        call += ["--", *options] if options else []
        call = list(map(str, call))
        return call, self.folder / f"{self.steps:02}-{command.replace(' ', '-')}.log"

    def kill(self, until, *command):
        """Starts a command and kills it as soon as a condition holds."""
        call, log = self.call(*command, figures=False)
        with open(log, "w") as errors:
            process = subprocess.Popen(
                call, stdout=errors, stderr=errors, env=self.environment, start_new_session=True
            )
        while process.poll() is None and not until():
            time.sleep(0.02)
        if process.poll() is not None:
            raise RuntimeError(f"{log} ended before it was killed")
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def both(self, command, configuration, settings, options):
        """Runs a command twice at once, and returns what both have logged. One of them may end with 1."""
        calls = [self.call(command, configuration, settings, options, (), figures=False) for _ in range(2)]
        processes = []
        for call, log in calls:
            with open(log, "w") as errors:
                processes.append(subprocess.Popen(call, stdout=errors, stderr=errors, env=self.environment))
        codes = [process.wait() for process in processes]
        if codes not in ([0, 0], [0, 1], [1, 0]):
            raise RuntimeError(f"two at once ended with {codes}; {calls[0][1]} and the next log have the reasons")
        return [log.read_text() for _, log in calls]

    def run(self, command, configuration, settings, options=(), arguments=(), figures=True):
        """Runs a command and returns its figures."""
        call, log = self.call(command, configuration, settings, options, arguments, figures)
        start = time.monotonic()
        with open(log, "w") as errors:
            print(*call, file=errors, flush=True)
            done = subprocess.run(
                call, check=False, stdout=subprocess.PIPE, stderr=errors, text=True, env=self.environment
            )
        self.seconds[command] = time.monotonic() - start
        if done.returncode != 0:
            raise EndedError(done.returncode, log, f"{command} ended with {done.returncode}; {log} has the reason")
        return json.loads(done.stdout) if figures else {}


def nights(latent, folder, seed, service):
    """Two nights on the tables of a service, and a rollback. Returns a row of the table."""
    runner = Runner(latent, folder, service.environment)
    night = folder / "night.conf"
    night.write_text("model { type = mixture, components = 2 }, output.report = false, gate.fraction = 0.2\n")
    common = {**service.settings, "registry.path": service.registry}

    def fill(number):
        settings = {"sample.rows": 2000, "sample.seed": number, "model.path": seed["model"], "output.overwrite": "true"}
        found = runner.run("sample", seed["configuration"], {**settings, **service.input}, service.options)
        service.load(found["output"])
        if "data.table" not in service.table and service.table["data.format"] == "parquet":
            service.table["data.path"] = found["output"]

    def retrain(run):
        runner.run("registry retrain", night, {**common, **service.table}, service.options, ["--run-id", run])

    def score(**further):
        settings = {**common, **service.table, **service.scores, "output.overwrite": "true", **further}
        return runner.run("score", night, settings, service.options)["rows"]["scored"]

    def champion():
        return runner.run("registry history", night, common, service.options)["champion"]

    fill(1)
    retrain("night-1")
    scored = score(**({"output.runId": "first"} if service.other else {}))
    notes = [f"{scored} rows scored"]
    if service.other:
        for _ in range(2):
            score(**{"output.mode": "append", "output.runId": "tonight"})
        written, read = service.other
        runner.run("sample", seed["configuration"], {"model.path": seed["model"], **written}, service.options)
        for run in ("first", "tonight"):  # that created the table, and that added rows
            try:
                score(**{"output.mode": "append", "output.runId": run, **read})
                raise RuntimeError("rows of other input were not refused")
            except EndedError as ended:
                if ended.code != 2 or "of other input" not in ended.log.read_text():
                    raise
        counting = {"data.table": service.scores["output.table"], "model.path": seed["model"], "output.path": folder / "count", "output.overwrite": "true"}
        found = runner.run("evaluate", night, counting, service.options)["rows"]["evaluation"]
        if found != 2 * scored:
            raise RuntimeError(f"{found} rows of scores after {scored} and an append that was repeated")
        notes.append("a repeated append adds its rows once, and one of other input ends with 2")
        at_once = {**common, **service.table, **service.scores, "output.mode": "append", "output.runId": "at-once"}
        said = runner.both("score", night, at_once, service.options)
        found = runner.run("evaluate", night, counting, service.options)["rows"]["evaluation"]
        warned = sum("more than once, in the snapshots" in text for text in said)
        if (found, warned > 0) not in ((3 * scored, False), (4 * scored, True)):
            raise RuntimeError(f"{found} rows of scores after two appends of one name at once, with {warned} warnings")
        notes.append(f"two at once add {found // scored - 2} times its rows{' and say so' if warned else ''}")
        alerts = service.scores["output.table"].replace("scores", "alerts")
        few = {**common, **service.table, "output.table": alerts, "score.only": "anomalies", "score.maxAlertRate": 0.5}
        try:
            runner.run("score", night, {**few, "score.threshold": -1000000}, service.options)
            raise RuntimeError("more alerts than score.maxAlertRate were not refused")
        except EndedError as ended:
            if ended.code != 3 or "of the rows are alerts" not in ended.log.read_text():
                raise
        said = runner.run("score", night, {**few, "score.alertRate": 0.05}, service.options)  # creates the table
        found = runner.run("evaluate", night, {**counting, "data.table": alerts}, service.options)["rows"]["evaluation"]
        if not 0 < found < scored / 2 or len(said["drift"]) < 2:
            raise RuntimeError(f"{found} anomalies of {scored} rows, and the drift of {len(said['drift'])} columns")
        notes.append(f"{found} anomalies alone; a limit ends with 3 before the table exists")
    else:
        score()
        notes.append("replaced")
    fill(2)
    if service.other:  # killed when its version is in the log; the table has another version before the retry
        log = pathlib.Path(service.registry) / "log"
        entries = len(list(log.glob("*.json")))
        again = ["registry retrain", night, {**common, **service.table}, service.options, ["--run-id", "night-2"]]
        runner.kill(lambda: len(list(log.glob("*.json"))) > entries, *again)
        fill(3)
        notes.append("a retry reads the version of its training")
        try:
            score(**{"output.mode": "append", "output.runId": "tonight"})
            raise RuntimeError("new rows under the name of an earlier run were not refused")
        except EndedError as ended:
            if ended.code != 2 or "of other input" not in ended.log.read_text():
                raise
        notes.append("a constant name with new rows ends with 2")
    retrain("night-2")
    if service.other and "not the rows that the table had" in (log / max(os.listdir(log))).read_text():
        raise RuntimeError("the retry has read another version of the table")
    if champion() != "night-2":
        arguments = ["--to-run", "night-2", "--force"]
        runner.run("registry publish", night, common, service.options, arguments, figures=False)
    runner.run("registry rollback", night, common, service.options, figures=False)
    if champion() != "night-1":
        raise RuntimeError("night-1 is not the champion after the rollback")
    files = runner.run("registry verify", night, common, service.options)["files"]
    notes.append(f"{files} files verified")
    notes += filter(None, [service.check(runner)])
    took = runner.seconds
    return f"| {service.name} | {runner.steps} | {took['registry retrain']:.0f} | {took['score']:.0f} | {'; '.join(notes)} |"


def main():
    latent, folder, *names = sys.argv[1:]
    folder = pathlib.Path(folder).resolve()
    names = names or list(SERVICES)
    unknown = [name for name in names if name not in SERVICES]
    if unknown:
        sys.exit(f"there is no service {unknown[0]}, expected {', '.join(SERVICES)}")
    configuration = folder / "seed.conf"
    model = (folder / "seed").as_uri()  # with a scheme, because HDFS may be the default file system
    days = pathlib.Path(latent).resolve().parent.parent / "conf" / "data" / "days.csv.gz"
    configuration.write_text(SEED % (days.as_uri(), model))
    Runner(latent, folder).run("train", configuration, {})
    seed = {"configuration": configuration, "model": model}
    rows = ["| service | commands | seconds of the last retrain | of the last score | found |", "| --- | ---: | ---: | ---: | --- |"]
    faults = 0
    for name in names:
        place = folder / name
        place.mkdir()
        try:
            with SERVICES[name](place) as service:
                rows.append(nights(latent, place, seed, service))
        except Exception as fault:  # noqa: BLE001 (a fault of one service is a line of the table)
            faults += 1
            rows.append(f"| {name} | FAULT: {fault} |")
        print(rows[-1], file=sys.stderr)
    print("\n".join(rows))
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
