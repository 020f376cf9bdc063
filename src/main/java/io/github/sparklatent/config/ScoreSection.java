package io.github.sparklatent.config;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.config.value.Hocon;
import io.github.sparklatent.config.value.ValueTypes;
import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The settings of scoring. */
public record ScoreSection(
        @Setting(key = "score.columns") List<ScoreColumn> columns,

        @Setting(
                key = "score.alertRate",
                meaning = "share of normal rows to flag as anomalies",
                range = "> 0 and <= 1",
                param = "alertRate")
        double alertRate,

        @Setting(
                key = "score.threshold",
                meaning = "score above which a row is an anomaly: the standardised one if the model has it",
                absent = "by score.alertRate",
                param = "threshold")
        Optional<Double> threshold,

        @Setting(
                key = "score.alerts",
                meaning = "number of rows of the scored table to flag as anomalies, more if several are equal",
                range = ">= 1",
                absent = "by score.alertRate",
                param = "alerts")
        Optional<Integer> alerts,

        @Setting(
                key = "score.budgets",
                meaning = "evaluate: alert rates, of each of which it reports what it would flag",
                range = "> 0 and <= 1")
        List<Double> budgets,

        @Setting(
                key = "score.costs",
                meaning = "evaluate: costs whose sum the best threshold minimises, { missed = 50, review = 1 }",
                absent = "no threshold is chosen")
        Map<String, Double> costs,

        @Setting(
                key = "score.explainedColumns",
                meaning = "largest number of columns in the contributions of a row",
                range = ">= 1",
                param = "explainedColumns")
        int explainedColumns,

        @Setting(
                key = "score.imputations",
                meaning =
                        "imputed: copies of each row, whose missing cells are drawn given the others; 1: expected values",
                range = ">= 1 and <= 1000",
                param = "imputations",
                offered = true)
        int imputations,

        @Setting(
                key = "score.where",
                meaning = "condition of Spark SQL on the table, \"day = '2026-01-31'\": only these rows are scored",
                absent = "all rows")
        Optional<String> where,

        @Setting(
                key = "score.only",
                meaning = "rows that are written: the anomalies",
                values = "anomalies",
                absent = "all that are scored")
        Optional<String> only,

        @Setting(
                key = "score.top",
                meaning = "number of rows that are written: those of highest severity, then anomalyScore",
                range = ">= 1",
                absent = "by score.only")
        Optional<Integer> top,

        @Setting(
                key = "score.maxAlertRate",
                meaning = "largest share of alerts; above it score writes no row and ends with exit code 3",
                range = "> 0 and <= 1",
                absent = "no limit")
        Optional<Double> maxAlertRate) {
    /** The default settings. */
    public static final ScoreSection DEFAULT = new ScoreSection(
            List.of(ScoreColumn.ANOMALY),
            0.01,
            Optional.empty(),
            Optional.empty(),
            List.of(0.001, 0.005, 0.01, 0.02, 0.05),
            Map.of(),
            3,
            1,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public ScoreSection {
        Rules.of(ScoreSection.class)
                .range("alertRate", alertRate)
                .range("explainedColumns", explainedColumns)
                .range("imputations", imputations)
                .range("top", top.orElse(1))
                .refuse(columns.isEmpty(), "columns", "is an empty list, must have at least one column")
                .check();
        columns = List.copyOf(columns);
        budgets = List.copyOf(budgets);
        costs = Map.copyOf(costs);
    }

    /**
     * Returns the key of the columns that {@code score} adds. A model type that offers {@link ScoreColumn#ANOMALY} also
     * offers what is computed from it.
     *
     * @param offered columns that the model type can add
     */
    public static Key<List<ScoreColumn>> columns(List<ScoreColumn> offered, String meaning) {
        Stream<ScoreColumn> ofAnomaly = Stream.of(ScoreColumn.values())
                .filter(column -> !column.isOfModel())
                .filter(column -> offered.contains(ScoreColumn.ANOMALY));
        return Key.of(
                "score.columns",
                ValueTypes.oneOrMore(ValueTypes.oneOf(
                        Stream.concat(offered.stream(), ofAnomaly).toList())),
                ScoreColumn.shown(offered),
                "columns that score adds; " + meaning);
    }

    /** Returns the same settings for other columns. */
    public ScoreSection with(List<ScoreColumn> others) {
        return new ScoreSection(
                others,
                alertRate,
                threshold,
                alerts,
                budgets,
                costs,
                explainedColumns,
                imputations,
                where,
                only,
                top,
                maxAlertRate);
    }

    /** Returns why costs cannot be used, as the rest of a sentence about them; empty if they can. */
    public static Optional<String> misfit(Map<String, Double> costs) {
        return costs.keySet().equals(Set.of("missed", "review"))
                        && Collections.min(costs.values()) >= 0
                        && Collections.max(costs.values()) > 0
                ? Optional.empty()
                : Optional.of("is %s, must have missed and review, numbers >= 0 and not both 0"
                        .formatted(Hocon.text(new TreeMap<>(costs))));
    }
}
