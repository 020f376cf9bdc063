package io.github.sparklatent.ml.evaluation;

import io.github.sparklatent.cluster.table.PartitionChoice;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.Origin;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.report.Measures;
import io.github.sparklatent.report.Numbers;
import io.github.sparklatent.report.Page;
import io.github.sparklatent.report.Page.Cell;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.Page.Table;
import io.github.sparklatent.report.Page.Tile;
import io.github.sparklatent.report.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The table of a training, as the results of all models show it.
 *
 * @param facts facts about the training rows
 * @param holdoutRows number of held-out rows
 * @param warnings warnings about the table and the fit, as sentences
 * @param origin provenance of the model
 */
public record TrainedTable(
        TrainingContext context,
        TableFacts facts,
        Scaling scaling,
        PartitionChoice partitions,
        long holdoutRows,
        List<String> warnings,
        Origin origin) {
    /** Creates the table. */
    public TrainedTable {
        warnings = List.copyOf(warnings);
    }

    /** Returns a copy with further warnings. */
    public TrainedTable with(List<String> further) {
        List<String> all = Stream.concat(warnings.stream(), further.stream()).toList();
        return new TrainedTable(context, facts, scaling, partitions, holdoutRows, all, origin);
    }

    /**
     * Returns a result with its metrics: of the model and the rows, of the family, and of the job.
     *
     * @param family adds the metrics of the family
     */
    public Result result(Supplier<Page> head, LatentModel<?> model, Consumer<Result> family) {
        Result result = new Result(head);
        result.put("model", model.metrics())
                .put("rows", rows(facts.fitted()))
                .put("partitions", partitions.number())
                .put("partitionsReason", partitions.reason())
                .put("missing", facts.missingByFeature())
                .put("scaling", LogJacobian.json(scaling, facts, context.isWeighted()));
        family.accept(result);
        return result.put("seconds", context.monitor().seconds())
                .put("warnings", warnings)
                .put("origin", origin.entries());
    }

    /** Returns the numbers of rows; {@code fitted}: of those that the model was fitted to. */
    public Map<String, Object> rows(long fitted) {
        Map<String, Object> rows = Json.object("train", facts.rows());
        if (fitted < facts.rows()) {
            rows.put("fitted", fitted);
        }
        rows.put("holdout", holdoutRows);
        rows.put("skipped", facts.skipped());
        return rows;
    }

    /** Returns the number of training rows in words, and how many the model was fitted to. */
    public String counted(long fitted) {
        String all = Lines.count(facts.rows(), "row");
        return fitted < facts.rows() ? "%s, fitted to %d of them".formatted(all, fitted) : all;
    }

    /** Adds the line of the held-out rows, if there are some. */
    public void addHoldoutLine(Result result, Measures measures) {
        if (holdoutRows > 0) {
            result.line("holdout", "%s, %s", Lines.count(holdoutRows, "row"), Lines.measures(measures.heldOut()));
        }
    }

    /** Returns the key metric with the number of rows that a model was fitted to. */
    public Tile rowsTile(long fitted) {
        return new Tile(
                Numbers.count(fitted),
                fitted == 1 ? "row" : "rows",
                holdoutRows > 0 ? Numbers.count(holdoutRows) + " held out" : "none held out");
    }

    /** Returns the key metric with the seconds of the training. */
    public Tile trainingTile(String remark) {
        double seconds = context.monitor().seconds().getOrDefault("train", Double.NaN);
        return new Tile(Numbers.seconds(seconds), "training", remark);
    }

    /** Returns the section with the metrics, and the sentence on the units of log-likelihoods. */
    public Section metrics(List<Table> tables) {
        double logJacobian = LogJacobian.of(scaling, facts, context.isWeighted());
        return metrics(tables, Measures.scaled(scaling.kind().toString(), logJacobian));
    }

    /** Returns the section with the metrics and a sentence on their units. */
    public Section metrics(List<Table> tables, String units) {
        return Measures.section(tables, facts.missingByFeature(), units);
    }

    /** Returns the table with facts about a model, followed by those about the job. */
    public Table modelAndJob(List<List<Cell>> ofModel, String style) {
        List<List<Cell>> rows = new ArrayList<>(ofModel);
        rows.add(Measures.of("Partitions", partitions.toString()));
        rows.add(Measures.of("Rows left out as invalid", Numbers.count(facts.skipped())));
        rows.addAll(Measures.times(context.monitor().seconds()));
        return new Table("metrics-model", "Model and job.", style, List.of("", "Value"), rows, false);
    }

    /** Returns the section with the provenance of the result and the text of its settings. */
    public Section originSection() {
        return origin.section(context.settings().text());
    }

    /**
     * The change of log densities by scaling. With y_j = (x_j − shift_j) · factor_j,
     *
     * <pre>
     *   log p(x) = log p(y) + Σ_j log |factor_j|.
     * </pre>
     *
     * <p>If values are missing, the sum of a row is over its observed columns.
     */
    public static final class LogJacobian {
        private LogJacobian() {}

        /**
         * Returns Σ_j log |factor_j|; 0 without scaling. The result is NaN if rows are scaled to length one or numbers
         * to ranks, because such rows have no density over the columns.
         */
        public static double of(Scaling scaling) {
            double sum = start(scaling);
            for (double factor : scaling.factor()) {
                sum += Math.log(Math.abs(factor));
            }
            return sum;
        }

        /**
         * Returns the mean of the sum over the rows of a table.
         *
         * @param weighted whether the rows have weights. Missing values are counted without weights, so the result is
         *     then NaN if there are any
         */
        public static double of(Scaling scaling, TableFacts facts, boolean weighted) {
            if (facts.missing().isEmpty()) {
                return of(scaling);
            }
            double sum = weighted ? Double.NaN : start(scaling);
            double[] factor = scaling.factor();
            for (int j = 0; j < factor.length; j++) {
                sum += (1 - facts.missing().get(j)) * Math.log(Math.abs(factor[j]));
            }
            return sum;
        }

        private static double start(Scaling scaling) {
            return scaling.kind().keepsDensities() ? 0 : Double.NaN;
        }

        /** Returns the scaling as an object of {@code metrics.json}; parameters as above. */
        public static Map<String, Object> json(Scaling scaling, TableFacts facts, boolean weighted) {
            return Json.object("kind", scaling.kind().toString(), "logJacobian", of(scaling, facts, weighted));
        }
    }
}
