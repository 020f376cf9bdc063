package io.github.sparklatent.config;

import io.github.sparklatent.cluster.table.Invalid;
import io.github.sparklatent.cluster.table.Placement;
import io.github.sparklatent.cluster.table.Scale;
import io.github.sparklatent.config.value.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds values that are valid one by one but contradict each other, for every model type. */
final class Conflicts {
    private Conflicts() {}

    /** Returns the conflicts of hyperparameters, which Estimators have, too. */
    static List<Problem> ofHyperparameters(Settings settings) {
        List<Problem> problems = new ArrayList<>();
        if (settings.get(CommonKeys.PLACEMENT) == Placement.ASIS
                && settings.isGiven(CommonKeys.PARTITIONS)) {
            problems.add(
                    settings.problem(
                            CommonKeys.PARTITIONS,
                            "is "
                                    + settings.show(CommonKeys.PARTITIONS)
                                    + ", but data.placement is asis, which leaves rows where"
                                    + " they are: one of the two must go"));
        }
        if (settings.get(CommonKeys.INVALID) == Invalid.KEEP
                && settings.get(CommonKeys.SCALE) == Scale.UNIT) {
            problems.add(
                    settings.problem(
                            CommonKeys.INVALID,
                            "is keep, but data.scale is unit, which needs every value of a row:"
                                    + " must be error or skip"));
        }
        return problems;
    }

    /** Returns the conflicts of keys that only jobs have. */
    static List<Problem> ofJob(Settings settings) {
        List<Problem> problems = new ArrayList<>();
        columnsWithTwoMeanings(settings, problems);
        if (settings.find(CommonKeys.HOLDOUT_PATH).isPresent()
                && settings.isGiven(CommonKeys.HOLDOUT_FRACTION)
                && settings.get(CommonKeys.HOLDOUT_FRACTION) > 0) {
            problems.add(
                    settings.problem(
                            CommonKeys.HOLDOUT_FRACTION,
                            "is "
                                    + settings.show(CommonKeys.HOLDOUT_FRACTION)
                                    + ", but data.holdout.path names the held-out rows already: one"
                                    + " of the two must go"));
        }
        labels(settings, CommonKeys.LABELS, CommonKeys.DATA_PATH, problems);
        tables(settings, problems);
        placed(settings, problems);
        labels(settings, CommonKeys.HOLDOUT_LABELS, CommonKeys.HOLDOUT_PATH, problems);
        return problems;
    }

    /** Reports settings of files beside a table of the catalog, which they do not apply to. */
    private static void tables(Settings settings, List<Problem> problems) {
        boolean holdsFiles = settings.find(CommonKeys.HOLDOUT_PATH).isPresent();
        for (Key<?> key :
                List.of(CommonKeys.DATA_PATH, CommonKeys.DATA_FORMAT, CommonKeys.SCHEMA)) {
            if (settings.find(CommonKeys.DATA_TABLE).isPresent()
                    && settings.isGiven(key)
                    && (key.equals(CommonKeys.DATA_PATH) || !holdsFiles)) {
                problems.add(
                        settings.problem(
                                key,
                                "is set, but data.table names a table of Spark's catalog: one of"
                                        + " the two must go"));
            }
        }
        if (settings.get(CommonKeys.VERSIONED)
                && settings.find(CommonKeys.OUTPUT_MODE).isPresent()
                && settings.find(CommonKeys.OUTPUT_TABLE).isEmpty()) {
            problems.add(
                    settings.problem(
                            CommonKeys.OUTPUT_MODE,
                            "is "
                                    + settings.show(CommonKeys.OUTPUT_MODE)
                                    + ", but output.versioned keeps each result as a version: one"
                                    + " of the two must go"));
        }
    }

    /** Reports a directory of placed rows for a table whose rows are not placed, or not files. */
    private static void placed(Settings settings, List<Problem> problems) {
        String reason =
                settings.find(CommonKeys.DATA_TABLE).isPresent()
                        ? "data.table names a table of Spark's catalog, which does not show whether"
                                + " its rows have changed"
                        : settings.get(CommonKeys.PLACEMENT) == Placement.ASIS
                                ? "data.placement is asis, which leaves rows where they are"
                                : null;
        if (settings.find(CommonKeys.PLACED).isPresent() && reason != null) {
            problems.add(
                    settings.problem(
                            CommonKeys.PLACED,
                            "is set, but " + reason + ": one of the two must go"));
        }
    }

    /** Separate label files belong to image files in idx format, one for each. */
    private static void labels(
            Settings settings,
            Key<List<String>> labels,
            Key<List<String>> paths,
            List<Problem> problems) {
        if (settings.find(labels).isEmpty()) {
            return;
        }
        int named = settings.find(labels).get().size();
        int tables = settings.find(paths).orElse(List.of()).size();
        if (settings.get(CommonKeys.DATA_FORMAT) != DataFormat.IDX) {
            problems.add(
                    settings.problem(
                            labels,
                            "is for data.format = idx, found "
                                    + settings.show(CommonKeys.DATA_FORMAT)));
        } else if (!settings.isMisfit(paths) && named != tables) {
            problems.add(
                    settings.problem(
                            labels,
                            "names %d files, but %s %d: must name one for each"
                                    .formatted(named, paths, tables)));
        }
    }

    /**
     * Reports columns with two roles: a column is a feature, the label, the weight or the id. Globs
     * do not select the other roles. Names that differ in case only are the same column for Spark.
     */
    private static void columnsWithTwoMeanings(Settings settings, List<Problem> problems) {
        Map<String, Key<?>> meanings = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        settings.find(CommonKeys.FEATURES)
                .ifPresent(names -> names.forEach(name -> meanings.put(name, CommonKeys.FEATURES)));
        for (Key<String> key : List.of(CommonKeys.LABEL, CommonKeys.WEIGHT, CommonKeys.ID)) {
            settings.find(key)
                    .ifPresent(column -> meaning(settings, key, column, meanings, problems));
        }
        settings.find(GroupKeys.GROUP_BY).stream()
                .flatMap(List::stream)
                .forEach(
                        column ->
                                meaning(settings, GroupKeys.GROUP_BY, column, meanings, problems));
    }

    private static void meaning(
            Settings settings,
            Key<?> key,
            String column,
            Map<String, Key<?>> meanings,
            List<Problem> problems) {
        Key<?> other = meanings.putIfAbsent(column, key);
        if (other != null) {
            problems.add(
                    settings.problem(
                            key,
                            "is "
                                    + Found.quote(column)
                                    + ", a column that "
                                    + other
                                    + " names already"));
        }
    }
}
