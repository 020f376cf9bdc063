package io.github.sparklatent.app.config;

import io.github.sparklatent.cluster.table.NearestName;
import io.github.sparklatent.cluster.table.SparkReaders;
import io.github.sparklatent.config.DataFormat;
import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.Sibling;
import io.github.sparklatent.config.value.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Checks that a job has all required settings and does not overwrite its own input. */
final class Requirements {
    /** Options that the job gives Spark's readers itself, in lower case. */
    private static final Set<String> OF_THE_JOB = Set.of(
            "header",
            "sep",
            "delimiter",
            "mode",
            "inferschema",
            "enforceschema",
            "columnpruning",
            "columnnameofcorruptrecord",
            "maxcolumns",
            "singlevariantcolumn");

    private Requirements() {}

    static List<Problem> unmet(Job job, Settings settings) {
        List<Problem> problems = new ArrayList<>();
        if (job.readsData() && settings.isMissing("data.path") && settings.isMissing("data.table")) {
            problems.add(
                    settings.problem("data.path", "is missing: " + job + " reads its rows there, or from data.table"));
        }
        boolean fillsTable = job.writesRows() && !settings.isMissing("output.table");
        if (job.writes() && !fillsTable && settings.isMissing("output.path")) {
            problems.add(settings.problem(
                    "output.path",
                    "is missing: "
                            + job
                            + " writes its result there"
                            + (job == Job.TRAIN && !settings.isMissing("registry.path")
                                    ? ", or into the registry if --run-id names a run"
                                    : job.writesRows() ? ", or to output.table" : "")));
        }
        if ((job == Job.INSPECT || job == Job.EXPORT || fillsTable)
                && settings.isMissing("output.path")
                && settings.isMissing("model.path")
                && settings.isMissing("registry.path")) {
            problems.add(settings.problem(
                    "model.path",
                    "is missing: " + job + " reads the model there, at output.path or in" + " registry.path"));
        }
        boolean isRun = !settings.isMissing("registry.runId");
        if ((isRun || job == Job.COMPARE || job == Job.REGISTRY) && settings.isMissing("registry.path")) {
            problems.add(settings.problem("registry.path", "is missing: it is the registry's directory"));
        }
        if (job == Job.COMPARE && !isRun) {
            problems.add(settings.problem("registry.runId", "is missing: name the run to compare with --run-id"));
        }
        if (job == Job.EVALUATE && settings.isGiven("score.costs") && settings.isMissing("data.label")) {
            problems.add(settings.problem("data.label", "is missing: score.costs needs the column of known anomalies"));
        }
        for (String key : List.of("score.costs", "score.alerts")) {
            if (settings.isGiven(key) && (job == Job.EXPORT || job == Job.SCORE && key.equals("score.costs"))) {
                String sentence =
                        "is set, which %s cannot use: run evaluate with it, and set score.threshold to what it prints";
                problems.add(settings.problem(key, sentence.formatted(job)));
            }
        }
        settings.text("data.schema").ifPresent(schema -> unfit(schema, settings, problems));
        settings.value("data.options").ifPresent(options -> unknownOptions((Map<?, ?>) options, settings, problems));
        if (!fillsTable) {
            settings.text("output.path").ifPresent(output -> writtenOver(job, settings, output, problems));
        } else if (job.readsData()
                && settings.text("data.table")
                        .filter(settings.text("output.table").orElse("")::equalsIgnoreCase)
                        .isPresent()) {
            problems.add(settings.problem(
                    "output.table",
                    "is " + settings.show("output.table") + ", the same as data.table: set another table"));
        }
        return problems;
    }

    /** Reports a schema that Spark cannot parse, or that the format of the files does not need. */
    private static void unfit(String schema, Settings settings, List<Problem> problems) {
        DataFormat format = settings.get("data.format", DataFormat.class);
        if (format != DataFormat.CSV && format != DataFormat.JSON) {
            problems.add(settings.problem("data.schema", "is for data.format = csv or json, found " + format));
        }
        SparkReaders.mistake(schema)
                .ifPresent(mistake -> problems.add(settings.problem(
                        "data.schema",
                        "is %s, must be columns and types as in SQL, for example \"id bigint, x double\": %s"
                                .formatted(Found.quote(schema), mistake))));
    }

    /** Reports options that Spark's reader of the format does not have, or that other settings give it. */
    private static void unknownOptions(Map<?, ?> options, Settings settings, List<Problem> problems) {
        DataFormat format = settings.get("data.format", DataFormat.class);
        Set<String> known = SparkReaders.options(format.toString());
        for (Object option : new TreeSet<>(options.keySet())) {
            String name = option.toString();
            if (OF_THE_JOB.contains(name.toLowerCase(Locale.ROOT))) {
                problems.add(settings.problem(
                        "data.options",
                        "has %s, which the job sets itself: see data.header, data.separator, data.schema and data.invalid"
                                .formatted(name)));
            } else if (!known.contains(name)) {
                problems.add(settings.problem(
                        "data.options",
                        "has %s, which Spark's reader of %s does not have%s"
                                .formatted(Found.quote(name), format, NearestName.hint(name, known))));
            }
        }
    }

    /** Reports settings whose files the result would replace. */
    private static void writtenOver(Job job, Settings settings, String output, List<Problem> problems) {
        List<String> read = tables(job, settings, output);
        if ((job == Job.TRAIN || job == Job.EVALUATE) && isSame(settings, "evaluate.features.model", output)) {
            read.add("evaluate.features.model");
        }
        if (job.readsModel() && job.writes() && isSame(settings, "model.path", output)) {
            read.add("model.path");
        }
        mustBeAnother(settings, "output.path", output, read, problems);
    }

    /** Returns the keys of the tables that a job reads from the path it writes to. */
    private static List<String> tables(Job job, Settings settings, String written) {
        List<String> read = new ArrayList<>();
        if (job.readsData() && isAmong(settings, "data.path", written)) {
            read.add("data.path");
        }
        if (job.readsData() && isAmong(settings, "data.labels", written)) {
            read.add("data.labels");
        }
        if (job == Job.TRAIN && isAmong(settings, "data.holdout.path", written)) {
            read.add("data.holdout.path");
        }
        return read;
    }

    private static void mustBeAnother(
            Settings settings, String key, String written, List<String> read, List<Problem> problems) {
        for (String other : read) {
            problems.add(settings.problem(
                    key, "is " + Found.quote(written) + ", the same as " + other + ": set another path"));
        }
    }

    private static boolean isAmong(Settings settings, String key, String written) {
        return settings.texts(key).stream().anyMatch(path -> Sibling.same(path, written));
    }

    private static boolean isSame(Settings settings, String key, String written) {
        return settings.text(key).filter(path -> Sibling.same(path, written)).isPresent();
    }
}
