#!/usr/bin/env bash
# night.sh [DAY]: one night: retrains the model, then scores the rows of a day, by default yesterday (UTC).
# A line for cron: 0 2 * * * /opt/spark-latent/conf/schedules/night.sh >>/var/log/spark-latent.log 2>&1
# The day is scored by the model in use even if the retraining fails. Ends with 1 if a step may pass when it is repeated, else
# with the first exit code that is not 0. A repeated night finds its version, and scores the day again.
# LATENT, CONFIG and OPTIONS (of spark-submit) replace the values below.

NIGHT=${1:-$(date -u -d yesterday +%F)}
export NIGHT
LATENT=${LATENT:-/opt/spark-latent/jobs/latent}
CONFIG=${CONFIG:-/etc/spark-latent/nightly.conf}
read -r -a options <<<"${OPTIONS---master yarn}"

"$LATENT" registry retrain --config "$CONFIG" --run-id "$NIGHT" -- "${options[@]}"
retrained=$?
((retrained < 128)) || exit "$retrained" # stopped by a signal
"$LATENT" score --config "$CONFIG" -- "${options[@]}"
scored=$?
((retrained != 1 && scored != 1)) || exit 1
exit $((retrained ? retrained : scored))
