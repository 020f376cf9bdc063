package io.github.sparklatent.ml.evaluation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;

import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.cluster.table.TableRows;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.config.Redaction;
import io.github.sparklatent.learn.SampleSize;
import io.github.sparklatent.metrics.Contingency;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.ml.columns.TableForm;
import io.github.sparklatent.ml.core.AlertBudgets;
import io.github.sparklatent.ml.core.EvaluationContext;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.OutputColumns;
import io.github.sparklatent.ml.core.Scoring;
import io.github.sparklatent.ml.core.TrainingTables;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.report.ConfusionSection.Confusion;
import io.github.sparklatent.report.Measures;
import io.github.sparklatent.scoring.ReferenceRows;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * Measures the agreement of components with a label that was not used in training. The rows are counted on the workers.
 */
public final class LabelMeasures {
    private static final Logger LOG = LoggerFactory.getLogger(LabelMeasures.class);

    /** Greatest number of values of a label; a label with more values is not a class. */
    private static final int MAX_LABELS = 1000;

    private static final Comparator<String> NUMBERS_FIRST =
            Comparator.comparingDouble(LabelMeasures::number).thenComparing(Comparator.naturalOrder());

    private static final double INFINITE = Double.POSITIVE_INFINITY;

    private final TableForm form;
    private final LatentModel<?> model;
    private final Consumer<String> warnings;

    private LabelMeasures(TableForm form, LatentModel<?> model, Consumer<String> warnings) {
        this.form = form;
        this.model = model;
        this.warnings = warnings;
    }

    /**
     * Returns the agreement of a training's rows, by whether they are held out; empty if the table has no label or the
     * model no components.
     */
    public static Map<Boolean, Agreement> of(
            TrainingTables tables, TableForm form, LatentModel<?> model, Consumer<String> warnings) {
        return tables.options().label() == null || !model.offers(ScoreColumn.COMPONENT)
                ? Map.of()
                : new LabelMeasures(form, model, warnings).of(tables);
    }

    /**
     * Returns the measures of a model's columns by a label: how components agree with it, and how well the anomaly
     * score finds the rows of label 1. Empty if the table has no label.
     */
    public static Map<String, Object> of(EvaluationContext context, LatentModel<?> model, Consumer<String> warnings) {
        TrainingTables tables = context.tables();
        Map<String, Object> measures = new LinkedHashMap<>(
                Agreement.metrics(of(tables, context.form(), model, warnings).get(false)));
        if (model.offers(ScoreColumn.ANOMALY)) {
            new AlertBudgets(model, context.form(), ReferenceRows.of(null), tables.table(), tables.options())
                    .area()
                    .ifPresent(auc -> measures.put("auc", auc));
        }
        return measures;
    }

    /**
     * Counts of labels against components.
     *
     * @param labels values, in order
     * @param contingency labels × components, by weight
     */
    public record Agreement(List<String> labels, Contingency contingency) {
        /** Names of the metrics, in order. */
        private static final List<String> NAMES = List.of("accuracy", "nmi", "ari");

        private static final List<String> WORDS = List.of(
                "Accuracy of the components under the best matching",
                "Normalised mutual information of components and labels",
                "Adjusted Rand index of components and labels");

        /** Returns accuracy, NMI and ARI by name. */
        public Map<String, Object> metrics() {
            return Json.object(
                    NAMES.get(0), contingency.accuracy(),
                    NAMES.get(1), contingency.normalizedMutualInformation(),
                    NAMES.get(2), contingency.adjustedRandIndex());
        }

        /** Adds the agreement to the metrics of a training. */
        public static void add(Map<Boolean, Agreement> found, Measures measures) {
            Map<String, Object> train = metrics(found.get(false));
            Map<String, Object> heldOut = metrics(found.get(true));
            for (int i = 0; i < NAMES.size() && !found.isEmpty(); i++) {
                String name = NAMES.get(i);
                measures.add(name, WORDS.get(i), (Double) train.get(name), (Double) heldOut.get(name));
            }
        }

        private static Map<String, Object> metrics(Agreement agreement) {
            return agreement == null ? Map.of() : agreement.metrics();
        }

        /**
         * Returns the table of counts for the report: of held-out rows if there are any, else of training rows; null if
         * nothing was counted.
         */
        public static Confusion confusion(Map<Boolean, Agreement> found) {
            boolean heldOut = found.containsKey(true);
            Agreement agreement = found.get(heldOut);
            return agreement == null
                    ? null
                    : new Confusion(
                            heldOut ? "held-out rows" : "training rows",
                            agreement.labels,
                            agreement.contingency.counts(),
                            agreement.contingency.accuracy(),
                            agreement.contingency.normalizedMutualInformation(),
                            agreement.contingency.adjustedRandIndex());
        }
    }

    /**
     * Counts the rows of a table whose label is not null.
     *
     * @param name name of the table in warnings
     * @param options names of label and weight, and the rule of held-out rows
     * @return agreement by whether rows are held out; no entry if there are no labelled rows
     */
    private Map<Boolean, Agreement> of(String name, Dataset<Row> table, FeatureColumns columns, TableOptions options) {
        List<Row> all = cells(table, columns, options);
        List<Row> cells = all.stream().filter(cell -> !cell.isNullAt(1)).toList();
        TreeSet<String> labels = new TreeSet<>(NUMBERS_FIRST);
        cells.forEach(cell -> labels.add(cell.getString(1)));
        if (labels.size() > MAX_LABELS) {
            warn(
                    "label column \"%s\" of %s has more than %d values, expected fewer classes: components are not compared with it",
                    options.label(), name, MAX_LABELS);
            return Map.of();
        }
        warnOfMissing(all, name, options);
        Map<Boolean, Agreement> agreements = new TreeMap<>();
        for (boolean heldOut : new boolean[] {false, true}) {
            List<Row> part =
                    cells.stream().filter(cell -> cell.getBoolean(0) == heldOut).toList();
            agreement(part).ifPresent(agreement -> agreements.put(heldOut, agreement));
            if (!part.isEmpty()) {
                size(part).warnings("adjusted Rand indices").forEach(this::warn);
            }
        }
        return agreements;
    }

    /**
     * Counts the training rows and the held-out rows.
     *
     * @return agreement by whether rows are held out; no entry if there are no labelled rows
     */
    private Map<Boolean, Agreement> of(TrainingTables tables) {
        Map<Boolean, Agreement> found =
                new TreeMap<>(of(tables.name(), tables.rows(), tables.columns(), tables.options()));
        tables.holdout()
                .map(table -> of(
                                tables.holdoutName(),
                                table,
                                tables.columns(),
                                tables.options().whole())
                        .get(false))
                .ifPresent(ofTable -> found.put(true, ofTable));
        return found;
    }

    private void warn(String sentence, Object... values) {
        String warning = Redaction.of(sentence.formatted(values));
        LOG.warn(warning);
        warnings.accept(warning);
    }

    /** Warns if rows have no label. The cells are few, because the number of labels is limited. */
    private void warnOfMissing(List<Row> cells, String name, TableOptions options) {
        long missing = cells.stream()
                .filter(cell -> cell.isNullAt(1))
                .mapToLong(cell -> cell.getLong(4))
                .sum();
        if (missing > 0) {
            warn(
                    "label column \"%s\" of %s has no value in %s, expected one in each: these rows are not compared with the components",
                    options.label(), name, Lines.count(missing, "row"));
        }
    }

    /**
     * Returns one row per held-out flag, label (or null) and component, with weight, number of rows and sum of squared
     * weights.
     */
    private List<Row> cells(Dataset<Row> table, FeatureColumns columns, TableOptions options) {
        StructType schema = table.schema();
        String component = SchemaColumns.unused(schema, "latent_component");
        Invalid invalid = options.invalid() == Invalid.KEEP ? Invalid.KEEP : Invalid.SKIP;
        return new Scoring(model, form, invalid)
                .add(table, OutputColumns.of(Map.of(ScoreColumn.COMPONENT, component)))
                .select(
                        TableRows.heldOut(schema, columns, options).as("heldOut"),
                        nullif(SchemaColumns.column(options.label()).cast(DataTypes.StringType), lit("NaN"))
                                .as("label"),
                        col(component),
                        TableRows.weight(schema, options).as("weight"))
                // Excludes NaN too, which Spark orders above all numbers.
                .where(col("weight").gt(0).and(col("weight").lt(INFINITE)))
                .toJavaRDD()
                .mapToPair(row -> new Tuple2<>(RowFactory.create(row.get(0), row.get(1), row.get(2)), row.getDouble(3)))
                .aggregateByKey(new Sums(), Sums::add, Sums::plus)
                .map(cell -> cell._2().of(cell._1()))
                .take(2 * (MAX_LABELS + 2) * model.componentCount());
    }

    private Optional<Agreement> agreement(List<Row> cells) {
        if (cells.isEmpty()) {
            return Optional.empty();
        }
        TreeSet<String> sorted = new TreeSet<>(NUMBERS_FIRST);
        cells.forEach(cell -> sorted.add(cell.getString(1)));
        List<String> labels = new ArrayList<>(sorted);
        double[][] counts = new double[labels.size()][model.componentCount()];
        for (Row cell : cells) {
            counts[labels.indexOf(cell.getString(1))][cell.getInt(2)] += cell.getDouble(3);
        }
        return Optional.of(new Agreement(labels, Contingency.of(counts, size(cells))));
    }

    private static SampleSize size(List<Row> cells) {
        // Cells come in any order; sorted, their sums always have the same bits.
        return new SampleSize(
                cells.stream().mapToDouble(cell -> cell.getDouble(3)).sorted().sum(),
                cells.stream().mapToLong(cell -> cell.getLong(4)).sum(),
                cells.stream().mapToDouble(cell -> cell.getDouble(5)).sorted().sum());
    }

    private static double number(String label) {
        try {
            return Double.parseDouble(label);
        } catch (NumberFormatException e) {
            return Double.POSITIVE_INFINITY; // after all numbers
        }
    }

    /**
     * Sums over rows, added without rounding and rounded once. A shuffle delivers partial sums in a different order
     * each time, and the result must be the same.
     */
    static final class Sums implements Serializable {
        private BigDecimal weights = BigDecimal.ZERO;
        private BigDecimal squares = BigDecimal.ZERO;
        private long rows;

        /** Adds a row with a finite weight, and returns these sums. */
        Sums add(double weight) {
            weights = weights.add(new BigDecimal(weight));
            squares = squares.add(new BigDecimal(weight * weight));
            rows++;
            return this;
        }

        /** Adds other sums, and returns these. */
        Sums plus(Sums other) {
            weights = weights.add(other.weights);
            squares = squares.add(other.squares);
            rows += other.rows;
            return this;
        }

        Row of(Row cell) {
            return RowFactory.create(
                    cell.get(0), cell.get(1), cell.get(2), weights.doubleValue(), rows, squares.doubleValue());
        }
    }
}
