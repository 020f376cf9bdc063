"""Retrains a model and scores a day with spark-latent every night, on Airflow 2.9 or later; MLflow then follows.

The run id is the day before, whose rows are scored, so a retry continues its run. YARN needs
SPARK_HOME in the environment of the worker.
"""

from datetime import datetime, timedelta, timezone

from airflow.exceptions import AirflowException, AirflowFailException

try:
    from airflow.providers.standard.operators.bash import BashOperator
    from airflow.providers.standard.operators.empty import EmptyOperator
    from airflow.sdk import DAG
except ImportError:  # Airflow 2
    from airflow import DAG
    from airflow.operators.bash import BashOperator
    from airflow.operators.empty import EmptyOperator

FINAL = (2, 3, 4, 5)  # configuration, data, rejected, diverged: the same command ends in the same way


class LatentOperator(BashOperator):
    """Runs a command of spark-latent that belongs to one day, and retries only what a retry can repair."""

    def execute(self, context):
        run = context["dag_run"]
        due = getattr(run, "run_after", None) or run.data_interval_end
        if "retrain" in self.bash_command and datetime.now(timezone.utc) - due > timedelta(days=2):  # of Airflow 2, a manual run has the interval before
            raise AirflowFailException(
                f"the run of {due} is more than two days old, and would train on today's rows; use another --run-id"
            )
        result = self.subprocess_hook.run_command(["bash", "-c", self.bash_command], env=self.get_env(context))
        if result.exit_code != 0:
            failure = AirflowFailException if result.exit_code in FINAL else AirflowException
            raise failure(f"exit code {result.exit_code}: {result.output}")
        return result.output


with DAG(
    dag_id="spark_latent_night",
    schedule="0 2 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,  # of two runs at once, the second one would end with 1
    default_args={
        "retries": 3,
        "retry_delay": timedelta(minutes=10),
        "execution_timeout": timedelta(hours=5),
    },
) as dag:
    # The day before the one on which the run is due. A logical date may be absent.
    night = "{{ (dag_run.run_after | default(dag_run.data_interval_end) - macros.timedelta(days=1)) | ds }}"
    retrain, score = (
        LatentOperator(
            task_id=command.split()[-1],
            bash_command=f"/opt/spark-latent/jobs/latent {command} --config /etc/spark-latent/nightly.conf"
            " -- --master yarn",
            env={"NIGHT": night, "RUN_ID": night},
            append_env=True,
            trigger_rule=rule,
        )
        for command, rule in (
            ("registry retrain", "all_success"),
            ("score", "all_done"),  # by the model in use, also if the retraining fails
        )
    )
    retrain >> score
    [retrain, score] >> EmptyOperator(task_id="night")  # fails the run if either has failed
    # Without MLflow, leave it out. As a teardown it does not fail the night; the next sync logs what is missing.
    score >> BashOperator(
        task_id="mlflow",
        bash_command="/opt/spark-latent/venv/bin/spark-latent mlflow sync hdfs:///models/orders",
        env={"MLFLOW_TRACKING_URI": "https://mlflow.example.org"},
        append_env=True,
    ).as_teardown()
