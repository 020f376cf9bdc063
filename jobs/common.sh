# Shared by the scripts beside it; sourced, not run. Sets ROOT and finds Java, the job jar and Spark.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
MASTER_CLASS=org.apache.spark.deploy.master.Master
WORKER_CLASS=org.apache.spark.deploy.worker.Worker
ARCHIVE=$ROOT/target/classes.jsa # of the job jar's and Spark's classes as Java has them in memory

say() { printf '%s\n' "$*" >&2; }

fail() { # the exit code, then the sentence
  local code=$1
  shift
  say "$(basename "$0"): $*"
  exit "$code"
}

# Sets JAVA to a Java that Spark runs on: JAVA_HOME's, else the PATH's.
find_java() {
  local version major
  if [ -n "${JAVA_HOME:-}" ]; then
    JAVA=$JAVA_HOME/bin/java
    [ -x "$JAVA" ] || fail 2 "JAVA_HOME is $JAVA_HOME, but there is no bin/java in it; set it to a JDK 17"
  else
    JAVA=$(command -v java) || fail 2 "no Java found: install a JDK 17 (Debian: openjdk-17-jdk-headless) or set JAVA_HOME"
  fi
  version=$("$JAVA" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p' | head -n 1)
  major=${version%%[!0-9]*}
  if [ "${major:-0}" -lt 17 ] || [ "${major:-0}" -gt 21 ]; then
    fail 2 "$JAVA is Java ${version:-of an unknown version}, expected 17 (to 21): Spark 4.1 needs 17, and Hadoop 3.4 fails from 23 on; set JAVA_HOME to a JDK 17"
  fi
}

# Sets JAR to the job jar, or to nothing when it is not built.
find_jar() {
  local jar
  JAR=
  for jar in "$ROOT"/target/spark-latent-*-job.jar; do
    if [ -f "$jar" ] && { [ -z "$JAR" ] || [ "$jar" -nt "$JAR" ]; }; then JAR=$jar; fi
  done
}

# A night's job builds nothing by itself, but a person who has changed or fetched sources should not try the old ones unawares.
say_if_old() {
  local newer archive=
  newer=$(find "$ROOT/src/main" "$ROOT/pom.xml" -type f -newer "$JAR" 2>/dev/null | head -n 1) || true
  [ ! -e "$ARCHIVE" ] || archive=', the next training then the archive of its classes'
  [ -z "$newer" ] || say "The job jar is older than ${newer#"$ROOT"/}: ./mvnw -DskipTests package builds it anew$archive"
}

# Sets SPARK_CLASS_PATH to Spark's libraries in the Maven repository; fails when they are not all there.
find_spark_class_path() {
  local IFS=: library
  [ -f "$ROOT/target/spark.classpath" ] || return 1
  SPARK_CLASS_PATH=$(cat "$ROOT/target/spark.classpath")
  for library in $SPARK_CLASS_PATH; do
    [ -f "$library" ] || return 1
  done
}

# Reads what Maven says: counts what it downloads, shows what goes wrong.
show_progress() {
  local line files=0 kilobytes=0 shown=0 size
  trap '' TERM # it ends with Maven
  while IFS= read -r line; do
    case $line in
      *'Downloaded from '*)
        files=$((files + 1))
        size=${line##*(}
        case $size in
          *' MB at '*) size=${size%%[. ]*}; kilobytes=$((kilobytes + size * 1000 + 500)) ;;
          *' kB at '*) size=${size%%[. ]*}; kilobytes=$((kilobytes + size)) ;;
        esac
        if [ $((kilobytes - shown)) -ge 25000 ]; then
          shown=$kilobytes
          say "  $files files, $((kilobytes / 1000)) MB so far"
        fi ;;
      *'--- compiler:'*':compile '*) say "Compiling" ;;
      *'--- shade:'*) say "Packing the job jar" ;;
      *ERROR*) say "$line" ;;
    esac
  done
  [ "$files" -eq 0 ] || say "  $files files, $((kilobytes / 1000)) MB in all"
}

# Runs a command in a process group of its own. Where this script is to end, the group is ended first: a scheduler or a container
# signals this process alone, and a terminal would signal a group that this one waits for only after it.
tended() {
  local code=0
  trap 'end_tended 129' HUP
  trap 'end_tended 130' INT
  trap 'end_tended 143' TERM
  trap '' TTOU # or a terminal might stop what it writes from behind (stty tostop)
  set -m
  "$@" </dev/null &
  set +m
  trap - TTOU
  wait "$!" || code=$?
  trap - HUP INT TERM
  return "$code"
}

end_tended() { # the exit code
  trap '' HUP INT TERM # timeout sends two, and the second would cut the wait
  kill -TERM -- "-$!" 2>/dev/null || true
  wait "$!" || true
  exit "$1"
}

# Runs a function under the lock of target/: two builds at a time would write each other's classes. Not in this shell, whose
# successor would keep the lock.
locked() { # -n where it is to fail rather than wait, then the function
  mkdir -p "$ROOT/target"
  tended hold_lock "$@"
}

hold_lock() {
  trap 'exit 143' TERM # when the program that it waits for, and that has the signal too, has ended
  { exec 8>"$ROOT/target/build.lock"; } 2>/dev/null || {
    [ "$1" != -n ] || return 1
    fail 1 "$ROOT/target/build.lock cannot be written"
  }
  if command -v flock >/dev/null && ! flock -n 8; then
    [ "$1" != -n ] || return 1
    say "Waiting for another build in $ROOT"
    flock 8
  fi
  [ "$1" != -n ] || shift
  "$@"
}

# Builds the job jar and Spark's class path with the Maven wrapper. Everything it says goes to standard error.
build() {
  find_compiler
  locked make_jar
}

make_jar() {
  find_jar
  if [ -n "$JAR" ] && find_spark_class_path; then return 0; fi # of the build that it has waited for
  run_maven -Dmaven.test.skip=true package
  archive_classes
}

find_compiler() {
  [ -x "$(dirname "$JAVA")/javac" ] || [ -x "$(dirname "$(readlink -f "$JAVA")")/javac" ] ||
    fail 2 "$JAVA has no compiler beside it, expected a JDK 17 (Debian: openjdk-17-jdk-headless) to build the job jar"
}

run_maven() { # its options and phase; in the shell that has the lock
  say "Building. The first time this downloads Maven, its plugins and Spark's libraries, 400 MB in all, into ~/.m2"
  set -o pipefail
  cd "$ROOT"
  ./mvnw -B "$@" | show_progress || fail 1 "the build failed; ./mvnw $* in $ROOT says more"
}

# Writes the classes that a training loads into ARCHIVE, from which Java starts some four seconds sooner; without one it reads the
# jars. To be called under the lock, whose shell removes what is left when it ends.
archive_classes() {
  local said
  if [ -n "${SPARK_HOME:-}" ] || needs_conf || ! find_spark_class_path; then return 0; fi
  case $ROOT in *,*) return 0 ;; esac # Spark would take its folder for two
  ARCHIVE_FOLDER=$ARCHIVE.making # where it is moved from whole; under the lock nobody else has it
  trap 'rm -rf "$ARCHIVE_FOLDER" || true' EXIT
  rm -rf "$ARCHIVE_FOLDER" # of one that was killed, or that the power left
  mkdir "$ARCHIVE_FOLDER" 2>/dev/null || return 0
  say "Archiving the job jar's classes for a quicker start, once after each build"
  [ -e "$ARCHIVE" ] || : 2>/dev/null >"$ARCHIVE" || true # an empty one, that the next training makes anew where this one is stopped
  if ! said=$(write_archive 2>&1); then
    say "  not possible here, and not tried again before the next build: ${said##*$'\n'}"
    : 2>/dev/null >"$ARCHIVE.length" || true
  fi
}

# The training is a short one on this machine, whatever Spark and Hadoop are configured for.
write_archive() {
  local archive=$ARCHIVE_FOLDER/classes.jsa
  trap 'kill -KILL "$!" 2>/dev/null || true; wait "$!" || true; exit 143' TERM # Java would write the archive first, for ten seconds
  env -u SPARK_LOCAL_DIRS -u SPARK_CONF_DIR -u HADOOP_CONF_DIR -u YARN_CONF_DIR ARCHIVE_AT_EXIT="$archive" \
    "$ROOT/jobs/latent" train --config "$ROOT/conf/digits.conf" --set "data.path=$(literal "$ROOT/conf/data/digits.csv.gz")" \
    --set "output.path=$ARCHIVE_FOLDER/out" --set train.restarts=1 --set train.maxRounds=2 \
    -- --master 'local[*]' --conf spark.eventLog.enabled=false --conf spark.hadoop.fs.defaultFS=file:/// &
  wait "$!" && trap 'exit 143' TERM && sync "$archive" && wc -c <"$archive" >"$ARCHIVE.length" && mv -f "$archive" "$ARCHIVE"
}

# Makes an ARCHIVE anew that is not the job jar's any more, as after a build by hand. One training does; the others go without.
renew_archive() {
  if needs_archive && [ -w "$ROOT/target" ]; then locked -n archive_if_needed || true; fi
}

archive_if_needed() {
  ! needs_archive || archive_classes
}

needs_archive() {
  [ -e "$ARCHIVE" ] && ! has_archive && { [ -s "$ARCHIVE.length" ] || [ "$JAR" -nt "$ARCHIVE.length" ]; }
}

# Whether ARCHIVE is the job jar's, and whole: one that is cut would crash Java.
has_archive() {
  [ "$ARCHIVE" -nt "$JAR" ] && [ "$(wc -c <"$ARCHIVE")" = "$(cat "$ARCHIVE.length" 2>/dev/null)" ]
}

# A path as a pattern that only it fits.
literal() {
  printf '%s' "$1" | sed 's/[][{}*?\\]/\\&/g'
}

# The environment in which Spark's own launcher works without a Spark installation.
use_maven_spark() {
  export SPARK_HOME=$ROOT/target/spark-home SPARK_SCALA_VERSION=2.13 SPARK_DIST_CLASSPATH=$SPARK_CLASS_PATH
  mkdir -p "$SPARK_HOME/jars"
}

# Sets COMMAND to the command line that Spark's launcher makes of a class and its arguments: class path, memory, JVM flags.
launch_command() {
  local word launcher
  launcher=$(printf '%s' "$SPARK_CLASS_PATH" | tr : '\n' | grep '/spark-launcher_')
  COMMAND=()
  while IFS= read -r -d '' word; do
    COMMAND+=("$word")
  done < <("$JAVA" -Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$launcher" org.apache.spark.launcher.Main "$@" |
    tail -n +2) # the first line is the launcher's separator
  [ ${#COMMAND[@]} -gt 0 ] || fail 2 "Spark's launcher did not accept: $*"
}

# Whether somebody has put into conf/ what Spark and Hadoop look for on the class path.
needs_conf() {
  (cd "$ROOT/conf" && { compgen -G '*.xml' >/dev/null || [ -e metrics.properties ]; })
}

# Takes the project's conf/ from the class path of COMMAND: Java archives no classes beside a folder. It stays where it is needed.
leave_out_conf() {
  local i
  if needs_conf || [[ ${COMMAND[*]} != *-Dlog4j2.configurationFile=* ]]; then return 0; fi
  for i in "${!COMMAND[@]}"; do
    COMMAND[i]=${COMMAND[i]#"$ROOT/conf/:"}
  done
}
