package io.github.sparklatent.config;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.config.value.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds values that are valid one by one but contradict each other, for every model type. */
public class Conflicts {
    protected final Settings settings;
    protected final List<Problem> problems = new ArrayList<>();

    protected Conflicts(Settings settings) {
        this.settings = settings;
    }

    /** Returns the conflicts of hyperparameters, which Estimators have, too. */
    static List<Problem> ofHyperparameters(Settings settings) {
        Conflicts conflicts = new Conflicts(settings);
        conflicts.refuse(
                settings.is("data.invalid", "keep") && settings.is("data.scale", "unit"),
                "data.invalid",
                "is keep, but data.scale is unit, which needs every value of a row: must be error or skip");
        conflicts.refuse(
                settings.is("data.scale", "both")
                        && (!settings.schema().type().type().equals("gmm")
                                || !settings.texts("data.groupBy").isEmpty()),
                "data.scale",
                "is both, which only a gmm without data.groupBy reads: must be none, standard, minmax or quantile");
        return conflicts.problems;
    }

    /** Returns the conflicts of keys that only jobs have. */
    @SuppressWarnings("unchecked") // costs are numbers by name
    static List<Problem> ofJob(Settings settings) {
        Conflicts conflicts = new Conflicts(settings);
        conflicts.columnsWithTwoMeanings();
        conflicts.refuse(
                settings.isGiven("score.top") && settings.isGiven("score.only"),
                "score.top",
                "is set, but score.only is anomalies: remove one of them");
        List<String> rules = Stream.of("score.alertRate", "score.threshold", "score.alerts", "score.costs")
                .filter(settings::isGiven)
                .toList();
        rules.stream()
                .skip(1)
                .limit(1)
                .forEach(rule ->
                        conflicts.refuse(true, rule, "is set, but %s is, too: set only one of them", rules.get(0)));
        conflicts.refuse(
                settings.isGiven("score.imputations")
                        && settings.get("score.imputations", Integer.class) > 1
                        && !settings.get("score.columns", List.class).equals(List.of(ScoreColumn.IMPUTED)),
                "score.imputations",
                "copies each row, but score.columns is %s: must be imputed alone",
                settings.show("score.columns"));
        settings.value("score.costs")
                .flatMap(costs -> ScoreSection.misfit((Map<String, Double>) costs))
                .ifPresent(misfit -> conflicts.problems.add(settings.problem("score.costs", misfit)));
        conflicts.refuse(
                settings.isGiven("score.maxAlertRate")
                        && !settings.isGiven("score.threshold")
                        && !settings.isGiven("score.alerts")
                        && settings.get("score.maxAlertRate", Double.class)
                                < settings.get("score.alertRate", Double.class),
                "score.maxAlertRate",
                "is below score.alertRate, the share of usual rows to flag: set a greater limit");
        conflicts.refuse(
                !settings.texts("data.holdout.path").isEmpty()
                        && settings.isGiven("data.holdout.fraction")
                        && settings.get("data.holdout.fraction", Double.class) > 0,
                "data.holdout.fraction",
                "is %s, but data.holdout.path names the held-out rows already: set only one of them",
                settings.show("data.holdout.fraction"));
        conflicts.labels("data.labels", "data.path");
        conflicts.tables();
        conflicts.labels("data.holdout.labels", "data.holdout.path");
        return conflicts.problems;
    }

    /** Reports a value if a condition holds. */
    protected final void refuse(boolean when, String path, String predicate, Object... values) {
        if (when) {
            problems.add(settings.problem(path, predicate.formatted(values)));
        }
    }

    /** Reports settings of files beside a table of the catalog, which they do not apply to, and two versions. */
    private void tables() {
        boolean holdsFiles = !settings.texts("data.holdout.path").isEmpty();
        for (String key : List.of("data.path", "data.format", "data.schema", "data.options")) {
            refuse(
                    settings.text("data.table").isPresent()
                            && settings.isGiven(key)
                            && (key.equals("data.path") || !holdsFiles),
                    key,
                    "is set, but data.table names a table of Spark's catalog: set only one of them");
        }
        refuse(
                settings.is("output.mode", "append")
                        && settings.text("output.table").isEmpty(),
                "output.mode",
                "is append, but the rows go to a directory, to which a run that is repeated would add them twice: name a Delta or Iceberg table with output.table, or write each run to a path of its own");
        for (String key : List.of("data.path", "data.holdout.path")) {
            int tables = settings.texts(key).size();
            refuse(
                    settings.is("data.format", "delta") && tables > 1,
                    key,
                    "names %d tables, but data.format is delta: name one",
                    tables);
        }
    }

    /** Separate label files belong to image files in idx format, one for each. */
    private void labels(String labels, String paths) {
        int named = settings.texts(labels).size();
        if (named == 0) {
            return;
        }
        int tables = settings.texts(paths).size();
        boolean isOther = !settings.is("data.format", "idx");
        refuse(isOther, labels, "is for data.format = idx, found %s", settings.show("data.format"));
        refuse(
                !isOther && !settings.isMisfit(paths) && named != tables,
                labels,
                "names %d files, but %s %d: must name one for each",
                named,
                paths,
                tables);
    }

    /**
     * Reports columns with two roles: a column is a feature, the label, the weight or the id. Globs do not select the
     * other roles. Names that differ in case only are the same column for Spark.
     */
    private void columnsWithTwoMeanings() {
        Map<String, String> meanings = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        settings.texts("data.features").forEach(name -> meanings.put(name, "data.features"));
        for (String key : List.of("data.label", "data.weight", "data.id")) {
            settings.text(key).ifPresent(column -> meaning(key, column, meanings));
        }
        settings.texts("data.groupBy").forEach(column -> meaning("data.groupBy", column, meanings));
    }

    private void meaning(String key, String column, Map<String, String> meanings) {
        String other = meanings.putIfAbsent(column, key);
        refuse(other != null, key, "is %s, a column that %s names already", Found.quote(column), other);
    }
}
