package io.github.sparklatent.config;

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
        if (settings.is("data.invalid", "keep") && settings.is("data.scale", "unit")) {
            problems.add(settings.problem(
                    "data.invalid",
                    "is keep, but data.scale is unit, which needs every value of a row: must be error or skip"));
        }
        return problems;
    }

    /** Returns the conflicts of keys that only jobs have. */
    static List<Problem> ofJob(Settings settings) {
        List<Problem> problems = new ArrayList<>();
        columnsWithTwoMeanings(settings, problems);
        if (!settings.texts("data.holdout.path").isEmpty()
                && settings.isGiven("data.holdout.fraction")
                && settings.get("data.holdout.fraction", Double.class) > 0) {
            problems.add(settings.problem(
                    "data.holdout.fraction",
                    "is "
                            + settings.show("data.holdout.fraction")
                            + ", but data.holdout.path names the held-out rows already: set only one of them"));
        }
        labels(settings, "data.labels", "data.path", problems);
        tables(settings, problems);
        versions(settings, problems);
        labels(settings, "data.holdout.labels", "data.holdout.path", problems);
        return problems;
    }

    /** Reports settings of files beside a table of the catalog, which they do not apply to. */
    private static void tables(Settings settings, List<Problem> problems) {
        boolean holdsFiles = !settings.texts("data.holdout.path").isEmpty();
        for (String key : List.of("data.path", "data.format", "data.schema", "data.options")) {
            if (settings.text("data.table").isPresent()
                    && settings.isGiven(key)
                    && (key.equals("data.path") || !holdsFiles)) {
                problems.add(settings.problem(
                        key, "is set, but data.table names a table of Spark's catalog: set only one of them"));
            }
        }
        if (settings.is("output.mode", "append")
                && settings.text("output.table").isEmpty()) {
            problems.add(
                    settings.problem(
                            "output.mode",
                            "is append, but the rows go to a directory, to which a run that is repeated would add them twice: name a Delta or Iceberg table with output.table, or write each run to a path of its own"));
        }
    }

    /** Reports a version of a table that has none, and two versions. */
    private static void versions(Settings settings, List<Problem> problems) {
        boolean isDelta = settings.is("data.format", "delta");
        for (String key : List.of("data.path", "data.holdout.path")) {
            int tables = settings.texts(key).size();
            if (isDelta && tables > 1) {
                problems.add(
                        settings.problem(key, "names %d tables, but data.format is delta: name one".formatted(tables)));
            }
        }
    }

    /** Separate label files belong to image files in idx format, one for each. */
    private static void labels(Settings settings, String labels, String paths, List<Problem> problems) {
        int named = settings.texts(labels).size();
        if (named == 0) {
            return;
        }
        int tables = settings.texts(paths).size();
        if (!settings.is("data.format", "idx")) {
            problems.add(settings.problem(labels, "is for data.format = idx, found " + settings.show("data.format")));
        } else if (!settings.isMisfit(paths) && named != tables) {
            problems.add(settings.problem(
                    labels, "names %d files, but %s %d: must name one for each".formatted(named, paths, tables)));
        }
    }

    /**
     * Reports columns with two roles: a column is a feature, the label, the weight or the id. Globs do not select the
     * other roles. Names that differ in case only are the same column for Spark.
     */
    private static void columnsWithTwoMeanings(Settings settings, List<Problem> problems) {
        Map<String, String> meanings = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        settings.texts("data.features").forEach(name -> meanings.put(name, "data.features"));
        for (String key : List.of("data.label", "data.weight", "data.id")) {
            settings.text(key).ifPresent(column -> meaning(settings, key, column, meanings, problems));
        }
        settings.texts("data.groupBy").forEach(column -> meaning(settings, "data.groupBy", column, meanings, problems));
    }

    private static void meaning(
            Settings settings, String key, String column, Map<String, String> meanings, List<Problem> problems) {
        String other = meanings.putIfAbsent(column, key);
        if (other != null) {
            problems.add(settings.problem(
                    key, "is %s, a column that %s names already".formatted(Found.quote(column), other)));
        }
    }
}
