package io.github.sparklatent.ml.core;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.udf;

import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.cluster.table.TableRows;
import io.github.sparklatent.columns.ColumnEncoder;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.ml.columns.TableForm;
import io.github.sparklatent.scoring.BatchScorer;
import io.github.sparklatent.scoring.ReferenceRows;
import io.github.sparklatent.scoring.ReferenceScores;
import io.github.sparklatent.scoring.RowModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The anomaly scores of the rows that a training has read, with which later rows are compared. {@link ReferenceScores}
 * says when these are the held-out rows alone.
 */
public final class TrainingScores {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingScores.class);

    /** The most rows that are scored of either kind, as an expectation. */
    static final long MOST = 1_000_000;

    /** The rows that show how scores depend on the cells that a row has, as an expectation. */
    private static final double OF_CELLS = 20_000;

    /** Held-out rows from which on they alone show how losses of a network do. */
    private static final long ENOUGH = 200;

    private final TrainingTables tables;
    private final TableForm form;
    private final LatentModel<?> model;
    private final String features;
    private final String weight;
    private final String score;
    private final String component;
    private final Invalid invalid;
    private ReferenceRows.CellLosses losses;
    private ReferenceRows.CellCounts counts;

    private TrainingScores(TrainingTables tables, TableForm form, LatentModel<?> model) {
        this.tables = tables;
        this.form = form;
        this.model = model;
        this.features = SchemaColumns.unused(tables.table().schema(), "latent_features");
        this.weight = SchemaColumns.unused(tables.table().schema(), "latent_weight");
        this.score = SchemaColumns.unused(tables.table().schema(), "latent_anomaly");
        this.component = SchemaColumns.unused(tables.table().schema(), "latent_component");
        // Rows that cannot be used would otherwise be errors that the training has left out.
        this.invalid = tables.usable();
    }

    /** Returns whether the rows of a training show which scores other rows have. */
    public static boolean areKnown(TrainingTables tables, TableFacts facts, LatentModel<?> model) {
        return !model.comparesHeldOutOnly() || tables.heldOut(facts) > 0;
    }

    /**
     * Returns the reference rows.
     *
     * @param facts facts about the training table
     * @param model a model that offers {@link ScoreColumn#ANOMALY}. Not modified.
     * @param alertRate share of the rows that are to be anomalies, between 0 and 1
     */
    public static ReferenceRows of(
            TrainingTables tables, TableFacts facts, TableForm form, LatentModel<?> model, double alertRate) {
        TrainingScores scores = new TrainingScores(tables, form, model);
        scores.findCells(facts, alertRate);
        boolean areEnough = ReferenceScores.areEnough(Math.min(MOST, facts.holdoutRows()), alertRate);
        ReferenceRows known = areEnough || tables.holdout().isPresent() || model.comparesHeldOutOnly()
                ? scores.ofHeldOutFirst(facts, alertRate)
                : scores.ofOneTable(facts, alertRate);
        known.scores().doubt(alertRate).ifPresent(LOG::warn);
        return known;
    }

    /** Reads other rows only if the held-out rows are too few. */
    private ReferenceRows ofHeldOutFirst(TableFacts facts, double alertRate) {
        ReferenceScores ofHeldOut = ofRows(true, tables.heldOut(facts), facts);
        ReferenceScores ofOthers = model.comparesHeldOutOnly() || ReferenceScores.areEnough(ofHeldOut.rows(), alertRate)
                ? ReferenceScores.of()
                : ofRows(false, facts.rows(), facts);
        return new ReferenceRows(ofOthers.with(ofHeldOut, alertRate), losses, counts);
    }

    private ReferenceScores ofRows(boolean heldOut, long rows, TableFacts facts) {
        return CountedScores.of(scored(tables.rows(heldOut, (double) MOST / rows, facts, further())));
    }

    /** Reads the table once for both kinds of rows. */
    private ReferenceRows ofOneTable(TableFacts facts, double alertRate) {
        String role = SchemaColumns.unused(tables.table().schema(), "latent_heldOut");
        Map<Integer, ReferenceScores> found = CountedScores.byKey(
                scored(tables.rows(role, MOST, facts, further()), col(role).cast(DataTypes.IntegerType)));
        ReferenceScores none = ReferenceScores.of();
        return new ReferenceRows(
                found.getOrDefault(0, none).with(found.getOrDefault(1, none), alertRate), losses, counts);
    }

    /** Finds how scores depend on the cells that a row has. */
    private void findCells(TableFacts facts, double alertRate) {
        boolean isNetwork = model.comparedScore() == ScoreColumn.ANOMALY;
        // A network of complete rows has not learnt to do without a cell.
        if (invalid != Invalid.KEEP
                || !model.allowsMissing()
                || isNetwork && facts.missing().isEmpty()) {
            return;
        }
        if (isNetwork) {
            findLosses(facts);
        } else {
            findCounts(facts, alertRate);
        }
    }

    /** Finds the cumulants of the losses of cells. */
    private void findLosses(TableFacts facts) {
        int[][] cells = cells();
        long heldOut = tables.heldOut(facts);
        Dataset<Row> table = tables.rows(
                heldOut >= ENOUGH, OF_CELLS / (heldOut >= ENOUGH ? heldOut : facts.rows()), facts, further());
        Dataset<Row> sample = Scoring.features(form, invalid, table, features)
                .select(col(features), TableRows.weight(table.schema(), tables.options()));
        StructType schema = new StructType()
                .add("loss", DataTypes.DoubleType)
                .add("weight", DataTypes.DoubleType)
                .add("cell", DataTypes.IntegerType);
        Map<Integer, ReferenceScores> found = CountedScores.byKey(
                sample.mapPartitions(new Losses(model.scorer(table.sparkSession()), cells), Encoders.row(schema)));
        double[] cumulants = new double[3 * cells.length + 3];
        found.forEach((cell, known) -> System.arraycopy(known.cumulants(), 0, cumulants, 3 * cell, 3));
        int[] starts = Arrays.stream(cells).mapToInt(numbers -> numbers[0]).toArray();
        losses = new ReferenceRows.CellLosses(starts, cumulants);
    }

    /** Finds how standardised scores depend on the number of cells that a row has. */
    private void findCounts(TableFacts facts, double alertRate) {
        int[][] counted = Arrays.stream(cells())
                .filter(cell -> Arrays.stream(cell).noneMatch(model::isMissingEvidence))
                .toArray(int[][]::new);
        if (counted.length < 2) {
            return;
        }
        FewerCells fewer = FewerCells.of(counted);
        Map<Integer, ReferenceScores> ofHeldOut = ofFewer(fewer, true, tables.heldOut(facts), facts);
        boolean areEnough = tables.heldOut(facts) >= OF_CELLS // as many are read
                || ReferenceScores.areEnough(tables.heldOut(facts), alertRate);
        Map<Integer, ReferenceScores> ofOthers =
                areEnough || model.comparesHeldOutOnly() ? Map.of() : ofFewer(fewer, false, facts.rows(), facts);
        Map<Integer, ReferenceScores> all = new TreeMap<>(ofOthers);
        ofHeldOut.forEach((count, scores) -> all.merge(count, scores, ReferenceScores::plus));
        if (all.isEmpty()) {
            return;
        }
        // Rows with the most cells decide whether the held-out rows show a bias, as they do for all scores.
        int most = Collections.max(all.keySet());
        ReferenceScores none = ReferenceScores.of();
        boolean alone = ofOthers.getOrDefault(most, none)
                .with(ofHeldOut.getOrDefault(most, none), alertRate)
                .heldOut();
        counts = ReferenceRows.CellCounts.of(
                Arrays.stream(counted).mapToInt(cell -> cell[0]).toArray(), alone ? ofHeldOut : all, alertRate);
    }

    /** Returns the scores of copies of rows by the number of their cells. */
    private Map<Integer, ReferenceScores> ofFewer(FewerCells fewer, boolean heldOut, long rows, TableFacts facts) {
        if (rows == 0) {
            return Map.of();
        }
        Dataset<Row> table = tables.rows(heldOut, OF_CELLS / rows, facts, further());
        String left = SchemaColumns.unused(table.schema(), "latent_left");
        List<Column> used = new ArrayList<>(List.of(further()));
        used.add(TableRows.weight(table.schema(), tables.options()).as(weight));
        used.add(explode(udf(fewer, FewerCells.TYPE).apply(col(features))).as(new String[] {left, features}));
        Dataset<Row> copies = Scoring.features(form, invalid, table, features).select(used.toArray(Column[]::new));
        LatentModel<?> scorer = model.withColumns(Map.of());
        scorer.setFeaturesCol(features);
        return CountedScores.byKey(scored(TableForm.NONE, scorer, copies, col(weight), col(left)));
    }

    /** Returns the numbers of a row that each column of the table has; a column of one category has none. */
    private int[][] cells() {
        List<int[]> cells = new ArrayList<>();
        int from = 0;
        for (ColumnEncoder encoder : form.encoders()) {
            int to = from + encoder.features().size();
            if (to > from) {
                cells.add(IntStream.range(from, to).toArray());
            }
            from = to;
        }
        if (cells.isEmpty()) {
            IntStream.range(0, model.numFeatures()).forEach(j -> cells.add(new int[] {j}));
        }
        return cells.toArray(int[][]::new);
    }

    /**
     * Computes the loss of each cell that a row has, then by what its anomaly score is more than all of them, with the
     * weight of the row and the number of the cell.
     */
    private record Losses(RowModel source, int[][] cells) implements MapPartitionsFunction<Row, Row> {
        @Override
        public Iterator<Row> call(Iterator<Row> rows) {
            BatchScorer batches = source.scorer(EnumSet.of(ScoreColumn.ANOMALY));
            int width = batches.width();
            return IntStream.iterate(0, i -> rows.hasNext(), i -> i + 1)
                    .mapToObj(i -> of(batches, rows, new double[batches.height() * width]).stream())
                    .flatMap(stream -> stream)
                    .iterator();
        }

        /** Computes the losses of the next rows. */
        private List<Row> of(BatchScorer scorer, Iterator<Row> rows, double[] batch) {
            List<Double> weights = new ArrayList<>();
            int width = scorer.width();
            while (rows.hasNext() && weights.size() < scorer.height()) {
                Row row = rows.next();
                System.arraycopy(row.<Vector>getAs(0).toArray(), 0, batch, weights.size() * width, width);
                weights.add(row.getDouble(1));
            }
            List<Row> found = new ArrayList<>();
            if (weights.isEmpty()) {
                return found;
            }
            scorer.score(batch, weights.size());
            double[] losses = scorer.losses(cells);
            for (int i = 0; i < weights.size(); i++) {
                double rest = (double) scorer.value(ScoreColumn.ANOMALY, i);
                for (int c = 0; c < cells.length; c++) {
                    if (!Double.isNaN(batch[i * width + cells[c][0]])) {
                        double loss = losses[i * cells.length + c];
                        rest -= loss;
                        found.add(RowFactory.create(loss, weights.get(i), c));
                    }
                }
                found.add(RowFactory.create(rest, weights.get(i), cells.length));
            }
            return found;
        }
    }

    private Column[] further() {
        return model.furtherColumns().stream().map(SchemaColumns::column).toArray(Column[]::new);
    }

    /** Returns the numbers by which the rows of a table are compared, their weights, and further columns. */
    private Dataset<Row> scored(Dataset<Row> table, Column... kept) {
        return scored(form, model, table, TableRows.weight(table.schema(), tables.options()), kept);
    }

    private Dataset<Row> scored(
            TableForm read, LatentModel<?> scorer, Dataset<Row> table, Column weights, Column... kept) {
        int[] unusual = scorer.unusualComponents();
        OutputColumns added = OutputColumns.of(
                        unusual.length == 0 ? Map.of() : Map.of(ScoreColumn.COMPONENT, component))
                .withCompared(score);
        Dataset<Row> scores =
                new Scoring(scorer, read.with(new ReferenceRows(null, losses, counts)), invalid).add(table, added);
        Column[] columns = Stream.concat(Stream.of(col(score), weights.cast(DataTypes.DoubleType)), Stream.of(kept))
                .toArray(Column[]::new);
        return (unusual.length == 0
                        ? scores
                        : scores.where(not(col(component)
                                .isin(Arrays.stream(unusual).boxed().toArray()))))
                .select(columns);
    }
}
