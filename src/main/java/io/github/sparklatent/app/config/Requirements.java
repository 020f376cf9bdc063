package io.github.sparklatent.app.config;

import io.github.sparklatent.cluster.table.SchemaMistake;
import io.github.sparklatent.config.CommonKeys;
import io.github.sparklatent.config.DataFormat;
import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.RegistryKeys;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.TextKeys;
import io.github.sparklatent.config.value.Found;
import java.util.ArrayList;
import java.util.List;

/** Checks that a job has all required settings and does not overwrite its own input. */
final class Requirements {
    private Requirements() {}

    static List<Problem> unmet(Job job, Settings settings) {
        List<Problem> problems = new ArrayList<>();
        if (job.readsData()
                && settings.isMissing(CommonKeys.DATA_PATH)
                && settings.isMissing(CommonKeys.DATA_TABLE)) {
            problems.add(
                    settings.problem(
                            CommonKeys.DATA_PATH,
                            "is missing: " + job + " reads its rows there, or from data.table"));
        }
        boolean fillsTable = job.writesRows() && !settings.isMissing(CommonKeys.OUTPUT_TABLE);
        if (job.writes() && !fillsTable && settings.isMissing(CommonKeys.OUTPUT_PATH)) {
            problems.add(
                    settings.problem(
                            CommonKeys.OUTPUT_PATH,
                            "is missing: "
                                    + job
                                    + " writes its result there"
                                    + (job == Job.TRAIN && !settings.isMissing(RegistryKeys.PATH)
                                            ? ", or into the registry if --run-id names a run"
                                            : job.writesRows() ? ", or to output.table" : "")));
        }
        if ((job == Job.INSPECT || fillsTable)
                && settings.isMissing(CommonKeys.OUTPUT_PATH)
                && settings.isMissing(CommonKeys.MODEL_PATH)
                && settings.isMissing(RegistryKeys.PATH)) {
            problems.add(
                    settings.problem(
                            CommonKeys.MODEL_PATH,
                            "is missing: "
                                    + job
                                    + " reads the model there, at output.path or in"
                                    + " registry.path"));
        }
        boolean isRun = !settings.isMissing(RegistryKeys.RUN_ID);
        boolean isShown = !settings.isMissing(RegistryKeys.MLFLOW_URI);
        if ((isRun || isShown || job == Job.COMPARE || job == Job.REGISTRY)
                && settings.isMissing(RegistryKeys.PATH)) {
            problems.add(
                    settings.problem(
                            RegistryKeys.PATH, "is missing: it is the registry's directory"));
        }
        if (job == Job.COMPARE && !isRun) {
            problems.add(
                    settings.problem(
                            RegistryKeys.RUN_ID,
                            "is missing: name the run to compare with --run-id"));
        }
        settings.find(CommonKeys.SCHEMA).ifPresent(schema -> unfit(schema, settings, problems));
        if (settings.find(TextKeys.NAMES).isPresent()
                && settings.get(CommonKeys.DATA_FORMAT) != DataFormat.CSV) {
            problems.add(
                    settings.problem(
                            TextKeys.NAMES,
                            "is for data.format = csv, found "
                                    + settings.show(CommonKeys.DATA_FORMAT)));
        }
        if (!fillsTable) {
            settings.find(CommonKeys.OUTPUT_PATH)
                    .ifPresent(output -> writtenOver(job, settings, output, problems));
        } else if (job.readsData()
                && settings.find(CommonKeys.DATA_TABLE)
                        .filter(settings.get(CommonKeys.OUTPUT_TABLE)::equalsIgnoreCase)
                        .isPresent()) {
            problems.add(
                    settings.problem(
                            CommonKeys.OUTPUT_TABLE,
                            "is "
                                    + settings.show(CommonKeys.OUTPUT_TABLE)
                                    + ", the same as data.table: set another table"));
        }
        if (job == Job.TRAIN) {
            settings.find(CommonKeys.CHECKPOINT_PATH)
                    .ifPresent(
                            checkpoint ->
                                    mustBeAnother(
                                            settings,
                                            CommonKeys.CHECKPOINT_PATH,
                                            checkpoint,
                                            tables(job, settings, checkpoint),
                                            problems));
        }
        return problems;
    }

    /** Reports a schema that Spark cannot parse, or that the format of the files does not need. */
    private static void unfit(String schema, Settings settings, List<Problem> problems) {
        DataFormat format = settings.get(CommonKeys.DATA_FORMAT);
        if (format != DataFormat.CSV && format != DataFormat.JSON) {
            problems.add(
                    settings.problem(
                            CommonKeys.SCHEMA,
                            "is for data.format = csv or json, found " + format));
        }
        SchemaMistake.in(schema)
                .ifPresent(
                        mistake ->
                                problems.add(
                                        settings.problem(
                                                CommonKeys.SCHEMA,
                                                "is "
                                                        + Found.quote(schema)
                                                        + ", must be columns and types as in SQL,"
                                                        + " for example \"id bigint, x double\": "
                                                        + mistake)));
    }

    /** Reports settings whose files the result would replace. */
    private static void writtenOver(
            Job job, Settings settings, String output, List<Problem> problems) {
        List<Key<?>> read = tables(job, settings, output);
        if (job == Job.TRAIN && isSame(settings, CommonKeys.CHECKPOINT_PATH, output)) {
            read.add(CommonKeys.CHECKPOINT_PATH);
        }
        if (job == Job.TRAIN || job == Job.EVALUATE) {
            settings.schema()
                    .key("evaluate.features.model")
                    .filter(key -> isSame(settings, key, output))
                    .ifPresent(read::add);
        }
        if (job.readsModel() && job.writes() && isSame(settings, CommonKeys.MODEL_PATH, output)) {
            read.add(CommonKeys.MODEL_PATH);
        }
        mustBeAnother(settings, CommonKeys.OUTPUT_PATH, output, read, problems);
    }

    /** Returns the keys of the tables that a job reads from the path it writes to. */
    private static List<Key<?>> tables(Job job, Settings settings, String written) {
        List<Key<?>> read = new ArrayList<>();
        if (job.readsData() && isAmong(settings, CommonKeys.DATA_PATH, written)) {
            read.add(CommonKeys.DATA_PATH);
        }
        if (job.readsData() && isAmong(settings, CommonKeys.LABELS, written)) {
            read.add(CommonKeys.LABELS);
        }
        if (job == Job.TRAIN && isAmong(settings, CommonKeys.HOLDOUT_PATH, written)) {
            read.add(CommonKeys.HOLDOUT_PATH);
        }
        return read;
    }

    private static void mustBeAnother(
            Settings settings,
            Key<?> key,
            String written,
            List<Key<?>> read,
            List<Problem> problems) {
        for (Key<?> other : read) {
            problems.add(
                    settings.problem(
                            key,
                            "is "
                                    + Found.quote(written)
                                    + ", the same as "
                                    + other
                                    + ": set another path"));
        }
    }

    private static boolean isAmong(Settings settings, Key<List<String>> key, String written) {
        return settings.find(key).orElse(List.of()).stream()
                .anyMatch(path -> Sibling.same(path, written));
    }

    private static boolean isSame(Settings settings, Key<?> key, String written) {
        return settings.find(key)
                .filter(path -> Sibling.same(path.toString(), written))
                .isPresent();
    }
}
