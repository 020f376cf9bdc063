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
  local newer
  newer=$(find "$ROOT/src/main" "$ROOT/pom.xml" -type f -newer "$JAR" 2>/dev/null | head -n 1) || true
  [ -z "$newer" ] || say "The job jar is older than ${newer#"$ROOT"/}: ./mvnw -DskipTests package builds it anew"
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

# Builds the job jar and Spark's class path with the Maven wrapper. Everything it says goes to standard error.
build() { # options of Maven, if any
  [ -x "$(dirname "$JAVA")/javac" ] || [ -x "$(dirname "$(readlink -f "$JAVA")")/javac" ] ||
    fail 2 "$JAVA has no compiler beside it, expected a JDK 17 (Debian: openjdk-17-jdk-headless) to build the job jar"
  say "Building the job jar. The first time this downloads Maven, its plugins and Spark's libraries, 400 MB in all, into ~/.m2"
  local sources=(-Dmaven.test.skip=true)
  [ $# -eq 0 ] || sources=(-DskipTests "$@") # the benchmarks are compiled in the place of the tests
  (set -o pipefail; cd "$ROOT" && ./mvnw -B "${sources[@]}" package | show_progress) ||
    fail 1 "the build failed; ./mvnw package in $ROOT says more"
  [ $# -gt 0 ] || archive_classes
}

# Writes the classes that a training loads into ARCHIVE, from which Java starts some four seconds sooner. What fails here hurts
# nobody: without an archive, or with one of other libraries, Java reads the jars.
archive_classes() {
  local folder
  # Beside its place, so that it is moved there whole.
  [ -z "${SPARK_HOME:-}" ] && find_spark_class_path && folder=$(mktemp -d "$ARCHIVE.XXXXXX") || return 0
  say "Archiving its classes for a quicker start"
  ARCHIVE_AT_EXIT=$folder/classes.jsa "$ROOT/jobs/latent" train --config "$ROOT/conf/digits.conf" \
    --set "data.path=$ROOT/conf/data/digits.csv.gz" --set "output.path=$folder/out" >/dev/null 2>&1 &&
    sync "$folder/classes.jsa" && mv -f "$folder/classes.jsa" "$ARCHIVE" 2>/dev/null || say "  not possible here"
  rm -rf "$folder"
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

# Takes the project's conf/ from the class path of COMMAND: Java archives no classes beside a folder. It stays where somebody has put
# into it what Spark and Hadoop look for on the class path.
leave_out_conf() {
  if compgen -G "$ROOT/conf/*.xml" >/dev/null || [ -e "$ROOT/conf/metrics.properties" ]; then return 0; fi
  local i
  for i in "${!COMMAND[@]}"; do
    COMMAND[i]=${COMMAND[i]#"$ROOT/conf/:"}
  done
}
