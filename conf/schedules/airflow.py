"""Retrains a model every night with spark-latent. A retry has the run id of its night, so it continues that run."""

from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG(
    dag_id="spark_latent_retrain",
    schedule="0 2 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,  # the lock would refuse a second run
    default_args={
        "retries": 3,  # for exit code 1, after which the cluster may recover; 2 and 3 fail again at once
        "retry_delay": timedelta(minutes=10),
        "execution_timeout": timedelta(hours=5),
    },
) as dag:
    BashOperator(
        task_id="retrain",
        bash_command="/opt/spark-latent/jobs/latent retrain --config /etc/spark-latent/nightly.conf"
        " --run-id {{ ds_nodash }} -- --master yarn",
    )
