package io.github.sparklatent.app;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.udaf;

import io.github.sparklatent.cluster.FeatureColumns;
import io.github.sparklatent.cluster.RowRoles;
import io.github.sparklatent.cluster.TableOptions;
import io.github.sparklatent.metrics.Contingency;
import io.github.sparklatent.ml.FeatureAssembler;
import io.github.sparklatent.ml.GaussianMixtureModel;
import io.github.sparklatent.ml.NetworkColumn;
import io.github.sparklatent.ml.NetworkModel;
import io.github.sparklatent.report.FurtherFigure;
import io.github.sparklatent.report.MixtureReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How components agree with a label that training has never seen: counted on the workers. */
final class LabelMeasures {
    private static final Logger LOG = LoggerFactory.getLogger(LabelMeasures.class);

    /** A label of more values than these is no class. */
    private static final int MOST_LABELS = 1000;

    private static final Comparator<String> NUMBERS_FIRST =
            Comparator.comparingDouble(LabelMeasures::number)
                    .thenComparing(Comparator.naturalOrder());

    private static final double INFINITE = Double.POSITIVE_INFINITY;

    private static final UserDefinedFunction WEIGHTS = udaf(new ExactSum(), Encoders.DOUBLE());

    /** The table that all commands read. */
    static final String TABLE = "data.path";

    private static final String FEATURES = "features";
    private static final String COMPONENT = "component";

    private final FeatureAssembler assembler;
    private final Transformer model;
    private final int components;
    private final Consumer<String> warnings;

    private LabelMeasures(
            FeatureAssembler assembler,
            Transformer model,
            int components,
            Consumer<String> warnings) {
        this.assembler = assembler;
        this.model = model;
        this.components = components;
        this.warnings = warnings;
    }

    /**
     * Of a mixture's components.
     *
     * @param assembler of the rows. Not modified.
     * @param model Not modified.
     * @param warnings takes what is to be said of the labels; it is logged too
     */
    static LabelMeasures of(
            FeatureAssembler assembler, GaussianMixtureModel model, Consumer<String> warnings) {
        return new LabelMeasures(
                assembler,
                model.copy(ParamMap.empty())
                        .setFeaturesCol(FEATURES)
                        .setPredictionCol(COMPONENT)
                        .setProbabilityCol("")
                        .setLogDensityCol(""),
                model.mixture().components(),
                warnings);
    }

    /**
     * Of a network's components.
     *
     * @param assembler of the rows. Not modified.
     * @param model which has such. Not modified.
     * @param warnings takes what is to be said of the labels; it is logged too
     */
    static LabelMeasures of(
            FeatureAssembler assembler, NetworkModel<?> model, Consumer<String> warnings) {
        NetworkModel<?> components = model.withColumns(Map.of(NetworkColumn.PREDICTION, COMPONENT));
        components.setFeaturesCol(FEATURES);
        return new LabelMeasures(
                assembler, components, model.network().architecture().components(), warnings);
    }

    /**
     * Labels and components counted against each other.
     *
     * @param labels values, in order
     * @param contingency labels × components, by weight
     */
    record Agreement(List<String> labels, Contingency contingency) {
        /** The three measures by name. */
        Map<String, Object> figures() {
            return Json.object(
                    "accuracy", contingency.accuracy(),
                    "nmi", contingency.normalizedMutualInformation(),
                    "ari", contingency.adjustedRandIndex());
        }

        /** As the report's table of figures has them; none where nothing was counted. */
        static List<FurtherFigure> further(Map<Boolean, Agreement> found) {
            return found.isEmpty()
                    ? List.of()
                    : List.of(
                            further(
                                    "Accuracy of the components under the best matching",
                                    found,
                                    Contingency::accuracy),
                            further(
                                    "Normalised mutual information of components and labels",
                                    found,
                                    Contingency::normalizedMutualInformation),
                            further(
                                    "Adjusted Rand index of components and labels",
                                    found,
                                    Contingency::adjustedRandIndex));
        }

        private static FurtherFigure further(
                String name, Map<Boolean, Agreement> found, ToDoubleFunction<Contingency> measure) {
            double[] values = {Double.NaN, Double.NaN};
            found.forEach(
                    (heldOut, agreement) ->
                            values[heldOut ? 1 : 0] = measure.applyAsDouble(agreement.contingency));
            return new FurtherFigure(name, values[0], values[1]);
        }

        /** As the report shows it, of held-out rows where there are such; else null. */
        static MixtureReport.Confusion confusion(Map<Boolean, Agreement> found) {
            boolean heldOut = found.containsKey(true);
            Agreement agreement = found.get(heldOut);
            return agreement == null
                    ? null
                    : new MixtureReport.Confusion(
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
     * @param key that names the table, as a sentence has it
     * @param options name the label, the weight and what is held out
     * @return by whether rows are held out; no entry where there are no such rows
     */
    Map<Boolean, Agreement> of(
            String key, Dataset<Row> table, FeatureColumns columns, TableOptions options) {
        List<Row> all = cells(table, columns, options);
        List<Row> cells = all.stream().filter(cell -> !cell.isNullAt(1)).toList();
        TreeSet<String> labels = new TreeSet<>(NUMBERS_FIRST);
        cells.forEach(cell -> labels.add(cell.getString(1)));
        if (labels.size() > MOST_LABELS) {
            warn(
                    "label column \"%s\" of %s has more than %d values, expected classes:"
                            + " components are not measured against it",
                    options.label(), key, MOST_LABELS);
            return Map.of();
        }
        warnOfMissing(all, key, options);
        Map<Boolean, Agreement> agreements = new TreeMap<>();
        for (boolean heldOut : new boolean[] {false, true}) {
            List<Row> part = cells.stream().filter(cell -> cell.getBoolean(0) == heldOut).toList();
            agreement(part).ifPresent(agreement -> agreements.put(heldOut, agreement));
        }
        return agreements;
    }

    /**
     * Counts the rows of a training and of what it holds out.
     *
     * @return by whether rows are held out; no entry where there are no such rows
     */
    Map<Boolean, Agreement> of(TrainTables tables) {
        Map<Boolean, Agreement> found =
                new TreeMap<>(
                        of(
                                TABLE,
                                tables.table(),
                                tables.columns(),
                                TableSettings.forTraining(tables.configuration())));
        tables.holdout()
                .map(
                        table ->
                                of(
                                                "data.holdout.path",
                                                table,
                                                tables.columns(),
                                                TableSettings.whole(tables.configuration()))
                                        .get(false))
                .ifPresent(ofTable -> found.put(true, ofTable));
        return found;
    }

    private void warn(String sentence, Object... values) {
        String warning = sentence.formatted(values);
        LOG.warn(warning);
        warnings.accept(warning);
    }

    /**
     * @param cells all that there are: labels are few enough
     */
    private void warnOfMissing(List<Row> cells, String key, TableOptions options) {
        long missing =
                cells.stream()
                        .filter(cell -> cell.isNullAt(1))
                        .mapToLong(cell -> cell.getLong(4))
                        .sum();
        if (missing > 0) {
            warn(
                    "label column \"%s\" of %s has no value in %s, expected one in each: these"
                            + " rows are not measured against it",
                    options.label(), key, Lines.count(missing, "row"));
        }
    }

    /** Rows of held out, label or null, component, weight, number of rows. */
    private List<Row> cells(Dataset<Row> table, FeatureColumns columns, TableOptions options) {
        StructType schema = table.schema();
        String features = TableSettings.unusedName(schema, FEATURES);
        Dataset<Row> rows =
                assembler
                        .copy(ParamMap.empty())
                        .setOutputCol(features)
                        .setInvalid("skip")
                        .transform(table)
                        .select(
                                RowRoles.heldOut(schema, columns, options).as("heldOut"),
                                nullif(
                                                TableSettings.column(options.label())
                                                        .cast(DataTypes.StringType),
                                                lit("NaN"))
                                        .as("label"),
                                RowRoles.weight(schema, options).as("weight"),
                                col(features).as(FEATURES))
                        // Not NaN either, which is above all numbers here.
                        .where(col("weight").gt(0).and(col("weight").lt(INFINITE)));
        return model.transform(rows)
                .groupBy("heldOut", "label", COMPONENT)
                .agg(WEIGHTS.apply(col("weight")), count(lit(1)))
                .limit(2 * (MOST_LABELS + 2) * components)
                .collectAsList();
    }

    private Optional<Agreement> agreement(List<Row> cells) {
        if (cells.isEmpty()) {
            return Optional.empty();
        }
        TreeSet<String> sorted = new TreeSet<>(NUMBERS_FIRST);
        cells.forEach(cell -> sorted.add(cell.getString(1)));
        List<String> labels = new ArrayList<>(sorted);
        double[][] counts = new double[labels.size()][components];
        for (Row cell : cells) {
            counts[labels.indexOf(cell.getString(1))][cell.getInt(2)] += cell.getDouble(3);
        }
        return Optional.of(new Agreement(labels, Contingency.of(counts)));
    }

    private static double number(String label) {
        try {
            return Double.parseDouble(label);
        } catch (NumberFormatException e) {
            return Double.POSITIVE_INFINITY; // behind all that are numbers
        }
    }
}
