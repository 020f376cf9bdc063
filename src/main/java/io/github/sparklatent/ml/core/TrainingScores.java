package io.github.sparklatent.ml.core;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.github.sparklatent.cluster.reduce.KeptRows;
import io.github.sparklatent.cluster.table.RowRoles;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.columns.ColumnEncoder;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.ml.anomaly.CountedScores;
import io.github.sparklatent.ml.columns.FeatureAssembler;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.scoring.KnownScores;
import io.github.sparklatent.scoring.PatternDistributions;
import io.github.sparklatent.scoring.PatternDistributions.Known;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * The anomaly scores of the rows that a training has read, with which later rows are compared. {@link KnownScores} says
 * when these are the held-out rows alone.
 */
public final class TrainingScores {
    /** The most rows that are scored of either kind, as an expectation. */
    static final long MOST = 1_000_000;

    /** The complete rows from which cells are removed, as an expectation. */
    private static final double MASKED = 20_000;

    /** The most patterns of cells that are removed. */
    private static final int MAX_PATTERNS = 64;

    private static final long PARTS = 1_000_000;

    /** Start of the pattern of a row from which cells were removed. */
    private static final String MASKED_ROW = "masked ";

    private final TrainingTables tables;
    private final FeatureAssembler assembler;
    private final LatentModel<?> scorer;
    private final String features;
    private final String weight;
    private final String anomaly;
    private final String pattern;
    private final String copy;
    private final String numbers;
    private final int[][] patterns;

    /** Known rows by pattern, and copies of complete ones by the pattern of their removed cells. */
    private record Counted(Map<String, KnownScores> known, Map<String, KnownScores> masked) {}

    private TrainingScores(TrainingTables tables, FeatureAssembler assembler, LatentModel<?> model) {
        this.tables = tables;
        this.features = SchemaColumns.unused(tables.table().schema(), "latent_features");
        this.weight = SchemaColumns.unused(tables.table().schema(), "latent_weight");
        this.anomaly = SchemaColumns.unused(tables.table().schema(), "latent_anomaly");
        this.pattern = SchemaColumns.unused(tables.table().schema(), "latent_pattern");
        this.copy = SchemaColumns.unused(tables.table().schema(), "latent_copy");
        this.numbers = SchemaColumns.unused(tables.table().schema(), "latent_row");
        // Rows that cannot be used would otherwise be errors that the training has left out.
        String invalid = tables.usable().toString();
        this.assembler = assembler.copy(ParamMap.empty()).setOutputCol(features).setHandleInvalid(invalid);
        this.scorer = model.withColumns(Map.of(ScoreColumn.ANOMALY, anomaly));
        this.patterns = patterns(assembler, model.numFeatures(), invalid);
        scorer.setFeaturesCol(numbers);
        scorer.put("handleInvalid", invalid);
    }

    /**
     * Returns the distributions of the scores.
     *
     * @param facts facts about the training table
     * @param model a model that offers {@link ScoreColumn#ANOMALY}. Not modified.
     * @param alertRate share of the rows that are to be anomalies, between 0 and 1
     */
    public static PatternDistributions of(
            TrainingTables tables,
            TableFacts facts,
            FeatureAssembler assembler,
            LatentModel<?> model,
            double alertRate) {
        TrainingScores scores = new TrainingScores(tables, assembler, model);
        boolean areEnough = KnownScores.areEnough(Math.min(MOST, facts.holdoutRows()), alertRate);
        return areEnough || tables.holdout().isPresent()
                ? scores.ofHeldOutFirst(facts, alertRate)
                : scores.ofOneTable(facts, alertRate);
    }

    /** Reads other rows only if the held-out rows are too few. */
    private PatternDistributions ofHeldOutFirst(TableFacts facts, double alertRate) {
        Counted ofHeldOut = ofRows(true, tables.heldOut(facts));
        double rows = ofHeldOut.known().values().stream()
                .mapToDouble(KnownScores::rows)
                .sum();
        Counted ofOthers =
                KnownScores.areEnough(rows, alertRate) ? new Counted(Map.of(), Map.of()) : ofRows(false, facts.rows());
        return distributions(ofHeldOut, ofOthers, alertRate);
    }

    private Counted ofRows(boolean heldOut, long rows) {
        double share = (double) MOST / rows;
        return count(scored(tables.rows(heldOut, share), rows));
    }

    /** Reads the table once for both kinds of rows. */
    private PatternDistributions ofOneTable(TableFacts facts, double alertRate) {
        String role = SchemaColumns.unused(tables.table().schema(), "latent_heldOut");
        Dataset<Row> scores = scored(tables.rows(role, MOST, facts), facts.rows() + facts.holdoutRows(), col(role))
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            return distributions(count(scores.where(col(role))), count(scores.where(not(col(role)))), alertRate);
        } finally {
            KeptRows.release(scores);
        }
    }

    /** Counts both kinds of rows in one pass, because the scores need not be kept. */
    private Counted count(Dataset<Row> scores) {
        Column kind =
                when(col(copy).gt(0), concat(lit(MASKED_ROW), col(pattern))).otherwise(col(pattern));
        Map<String, KnownScores> known = new TreeMap<>();
        Map<String, KnownScores> masked = new TreeMap<>();
        CountedScores.byPattern(scores.select(col(anomaly), col(weight), kind.as(pattern)))
                .forEach((name, found) -> {
                    if (name.startsWith(MASKED_ROW)) {
                        masked.put(name.substring(MASKED_ROW.length()), found);
                    } else {
                        known.put(name, found);
                    }
                });
        return new Counted(known, masked);
    }

    private static PatternDistributions distributions(Counted heldOut, Counted others, double alertRate) {
        return PatternDistributions.of(
                Known.of(heldOut.known(), others.known()), Known.of(heldOut.masked(), others.masked()), alertRate);
    }

    /**
     * Scores rows and, of a sample of the complete rows, copies without some cells.
     *
     * @param rows number of rows from which the copied ones are chosen
     */
    private Dataset<Row> scored(Dataset<Row> table, double rows, Column... kept) {
        Column ofRow = RowRoles.weight(table.schema(), tables.options()).as(weight);
        double share = MASKED / rows;
        int[][] removed = patterns;
        UDF2<Vector, Long, List<Vector>> copies =
                (row, hash) -> copies(row, Math.floorMod(hash, PARTS) < share * PARTS, removed);
        Column of = udf(copies, DataTypes.createArrayType(SQLDataTypes.VectorType()))
                .apply(col(features), xxhash64(col(features)));
        Column[] used = Stream.of(
                        Stream.of(posexplode(of).as(new String[] {copy, numbers})),
                        scorer.furtherColumns().stream().map(SchemaColumns::column),
                        Stream.of(ofRow),
                        Stream.of(kept))
                .flatMap(stream -> stream)
                .toArray(Column[]::new);
        return scorer.transform(assembler.transform(table).select(used))
                .withColumn(pattern, CountedScores.pattern(col(numbers)));
    }

    private static List<Vector> copies(Vector row, boolean isSampled, int[][] removed) {
        List<Vector> copies = new ArrayList<>(List.of(row));
        boolean isComplete = Arrays.stream(row.toArray()).noneMatch(Double::isNaN);
        for (int k = 0; k < removed.length && isSampled && isComplete; k++) {
            double[] numbers = row.toArray().clone();
            Arrays.stream(removed[k]).forEach(j -> numbers[j] = Double.NaN);
            copies.add(Vectors.dense(numbers));
        }
        return copies;
    }

    /** Returns the numbers that copies miss; none if the training leaves out incomplete rows. */
    private static int[][] patterns(FeatureAssembler assembler, int width, String invalid) {
        List<int[]> columns = new ArrayList<>();
        int from = 0;
        for (ColumnEncoder encoder : assembler.columnEncoders()) {
            int to = from + encoder.features().size();
            columns.add(IntStream.range(from, to).toArray());
            from = to;
        }
        if (columns.isEmpty()) {
            IntStream.range(0, width).forEach(j -> columns.add(new int[] {j}));
        }
        return invalid.equals(Invalid.KEEP.toString()) ? unions(columns, width).toArray(int[][]::new) : new int[0][];
    }

    /** Returns each column, each pair of columns and so on, as long as they are few. */
    private static List<int[]> unions(List<int[]> columns, int width) {
        List<BitSet> unions = new ArrayList<>();
        List<BitSet> level = List.of(new BitSet());
        while (!level.isEmpty() && unions.size() + level.size() <= MAX_PATTERNS) {
            unions.addAll(level);
            Set<BitSet> next = new LinkedHashSet<>();
            for (BitSet union : level) {
                for (int[] column : columns) {
                    BitSet more = (BitSet) union.clone();
                    more.set(column[0], column[column.length - 1] + 1);
                    next.add(more);
                }
                if (next.size() > MAX_PATTERNS) {
                    break; // a whole level or nothing of it
                }
            }
            next.removeAll(level);
            level = List.copyOf(next);
        }
        return unions.stream()
                .filter(union -> !union.isEmpty() && union.cardinality() < width)
                .map(union -> union.stream().toArray())
                .toList();
    }
}
