# Functions of the scripts in this folder, to be sourced. Sets ROOT; finds Java, the job jar and Spark.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
MASTER_CLASS=org.apache.spark.deploy.master.Master
WORKER_CLASS=org.apache.spark.deploy.worker.Worker
ARCHIVE=$ROOT/target/classes.jsa # classes as Java has them in memory

say() { printf '%s\n' "$*" >&2; }

fail() { # the exit code, then the sentence
  local code=$1
  shift
  say "${PROGRAM:-$(basename "$0")}: $*"
  exit "$code"
}

# Sets JAVA to a Java that Spark runs on: that of JAVA_HOME, else that of the PATH.
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

# Sets JAR to the newest job jar, or to nothing if there is none.
find_jar() {
  local jar
  JAR=
  for jar in "$ROOT"/target/spark-latent-*-job.jar; do
    if [ -f "$jar" ] && { [ -z "$JAR" ] || [ "$jar" -nt "$JAR" ]; }; then JAR=$jar; fi
  done
}

# Warns if the sources are newer than the job jar, which a command does not build again by itself.
say_if_old() {
  local newer
  newer=$(find "$ROOT/src/main" "$ROOT/pom.xml" -type f -newer "$JAR" 2>/dev/null | head -n 1) || true
  [ -z "$newer" ] || say "The job jar is older than ${newer#"$ROOT"/}; delete $JAR, and the next command builds it again"
}

# Sets SPARK_CLASS_PATH to Spark's libraries in the Maven repository; fails if one of them is missing.
find_spark_class_path() {
  local IFS=: library
  [ -f "$ROOT/target/spark.classpath" ] || return 1
  SPARK_CLASS_PATH=$(cat "$ROOT/target/spark.classpath")
  for library in $SPARK_CLASS_PATH; do
    [ -f "$library" ] || return 1
  done
}

# Reads the output of Maven: counts downloads and prints errors.
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

# Runs a command in its own process group, and ends the group before this script ends: a scheduler or a container sends its signal
# to this process only.
tended() {
  local code=0
  trap 'end_tended 129' HUP
  trap 'end_tended 130' INT
  trap 'end_tended 143' TERM
  trap '' TTOU # a terminal with "stty tostop" would stop its output
  set -m
  "$@" </dev/null &
  set +m
  trap - TTOU
  wait "$!" || code=$?
  trap - HUP INT TERM
  return "$code"
}

end_tended() { # the exit code
  trap '' HUP INT TERM # timeout sends two signals, and the second would end the wait
  kill -TERM -- "-$!" 2>/dev/null || true
  wait "$!" || true
  exit "$1"
}

# Runs a function under the lock of target/, because two builds would overwrite each other's classes. It runs in another shell,
# because a program that replaces this one would keep the lock.
locked() {
  mkdir -p "$ROOT/target"
  tended hold_lock "$@"
}

hold_lock() {
  trap 'exit 143' TERM # runs when the program that it waits for, which receives the signal, too, has ended
  { exec 8>"$ROOT/target/build.lock"; } 2>/dev/null || fail 1 "$ROOT/target/build.lock cannot be written"
  if command -v flock >/dev/null && ! flock -n 8; then
    say "Waiting for another build in $ROOT"
    flock 8
  fi
  "$@"
}

# Builds the job jar and Spark's class path with the Maven wrapper, with all output on standard error.
build() {
  find_compiler
  locked make_jar
}

make_jar() {
  find_jar
  if [ -n "$JAR" ] && find_spark_class_path; then return 0; fi # built while this one waited
  run_maven -Dmaven.test.skip=true package
  archive_classes
}

find_compiler() {
  [ -x "$(dirname "$JAVA")/javac" ] || [ -x "$(dirname "$(readlink -f "$JAVA")")/javac" ] ||
    fail 2 "$JAVA has no javac next to it, expected a JDK 17 to build the job jar (Debian: openjdk-17-jdk-headless)"
}

run_maven() { # options and phase; in the shell that has the lock
  say "Building. The first time this downloads Maven, its plugins and Spark's libraries, 510 MB in all, into Maven's repository"
  set -o pipefail
  cd "$ROOT"
  ./mvnw -B "$@" | show_progress || fail 1 "the build failed; ./mvnw $* in $ROOT prints the details"
}

# Archives the classes of a short training. From the archive Java starts a training with a quarter less processor time; it
# ignores an archive of another jar. One that cannot be made is not an error.
archive_classes() {
  local folder=$ARCHIVE.new
  if [ -n "${SPARK_HOME:-}${SPARK_CONF_DIR:-}" ]; then return 0; fi
  say "Archiving the classes for a faster start, once after each build"
  rm -rf "$folder" "$ARCHIVE"
  mkdir "$folder"
  env -u HADOOP_CONF_DIR -u YARN_CONF_DIR "$ROOT/jobs/latent" train --config "$ROOT/conf/digits.conf" \
    --set "data.path=$(literal "$ROOT/conf/data/digits.csv.gz")" --set "output.path=$folder/out" --set train.maxRounds=2 \
    -- --master 'local[*]' --conf "spark.driver.extraJavaOptions=\"-XX:ArchiveClassesAtExit=$folder/classes.jsa\"" \
    >"$folder/log" 2>&1 && mv "$folder/classes.jsa" "$ARCHIVE" || say "  not possible here: $(tail -n 1 "$folder/log")"
  rm -rf "$folder"
}

# Escapes a path, so that as a pattern it matches only itself.
literal() {
  printf '%s' "$1" | sed 's/[][{}*?\\]/\\&/g'
}

# Sets the environment in which Spark's launcher works without a Spark installation.
use_maven_spark() {
  export SPARK_HOME=$ROOT/target/spark-home SPARK_SCALA_VERSION=2.13 SPARK_DIST_CLASSPATH=$SPARK_CLASS_PATH
  mkdir -p "$SPARK_HOME/jars"
}

# Sets COMMAND to the command line of a class and its arguments, which Spark's launcher completes by class path, memory and flags.
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
