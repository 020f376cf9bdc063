package io.github.sparklatent.scoring;

import io.github.sparklatent.columns.Cells;
import io.github.sparklatent.columns.ColumnEncoder;
import io.github.sparklatent.columns.ColumnEncoders;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.RowEncoder;
import io.github.sparklatent.columns.RowRule;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.columns.UsableNumbers;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.vae.ScoringOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Scores rows by a saved model in any Java program, without Spark: Gaussian and mixed-type mixtures, probabilistic PCA,
 * factor analysis and networks. The values are those of a Spark job, bit by bit.
 *
 * <pre>{@code
 * Scorer scorer = Scorer.load(Path.of("out/adult"));
 * ScoredRow row = scorer.score(Map.of("age", 39, "workclass", "Private", ...));
 * if (row.isAnomaly()) {
 *     System.out.println(row.severity() + " " + row.contributions());
 * }
 * }</pre>
 *
 * <p>Safe for several threads. The first row with a new pattern of missing values takes longer than the others: its
 * score becomes comparable with those of complete rows by drawn rows, which are kept.
 */
public final class Scorer {
    private final SavedScorer saved;
    private final RowModel model;
    private final Set<ScoreColumn> columns;
    private final Set<ScoreColumn> computed;
    private final List<ColumnEncoder> encoders;
    private final RowEncoder encoder;
    private final RowRule rule;
    private final boolean keepsMissing;
    private final PatternScores patterns;
    private final RowExplainer.Source explainer;
    private final List<ExplainedColumn> explained;
    private final Queue<Worker> idle = new ConcurrentLinkedQueue<>();

    private Scorer(SavedScorer saved, RowModel model, PatternScores patterns, Set<ScoreColumn> columns) {
        this.saved = saved;
        this.model = model;
        this.patterns = patterns;
        this.columns = Collections.unmodifiableSet(columns);
        this.computed = ofModel(columns);
        SavedColumns table = saved.columns();
        List<String> names = table.inputCols() == null ? List.of() : table.inputCols();
        this.encoders = saved.encoders().isEmpty() && names.size() == model.width()
                ? names.stream()
                        .map(name -> ColumnEncoders.number(name, "\"double\""))
                        .toList()
                : saved.encoders();
        this.encoder = new RowEncoder(encoders);
        Scaling scaling = table.scaling() == null ? Scaling.none() : table.scaling();
        this.keepsMissing = Invalid.KEEP.toString().equals(saved.param("handleInvalid"))
                && saved.content().allowsMissing();
        this.rule = new RowRule(names, scaling, model.width(), keepsMissing);
        this.explainer =
                columns.contains(ScoreColumn.CONTRIBUTIONS) ? saved.content().explainer(saved.options()) : null;
        this.explained =
                ExplainedColumn.of(saved.encoders(), names.isEmpty() ? List.of("features") : names, model.width());
    }

    /** Returns the columns that the model itself computes for some columns. */
    private static Set<ScoreColumn> ofModel(Set<ScoreColumn> columns) {
        EnumSet<ScoreColumn> computed = EnumSet.noneOf(ScoreColumn.class);
        columns.stream().filter(ScoreColumn::isOfModel).forEach(computed::add);
        if (computed.size() < columns.size()) {
            computed.add(ScoreColumn.ANOMALY);
        }
        return computed;
    }

    /**
     * Loads a model that a training job, a spark.ml model or a pipeline of this library has saved.
     *
     * <p>The scorer computes the columns whose Params have names in the saved model; if the model knows the scores of
     * its training rows, also the anomaly score, the severity, whether a row is an anomaly, and what contributes to it.
     *
     * @param path directory of a training's result, {@code out/NAME}, or of a saved model
     * @throws DataException if there is no model, if it is damaged, or if only Spark can score with it
     */
    public static Scorer load(Path path) {
        SavedScorer saved = SavedScorer.read(path);
        ScoringOptions options = saved.options();
        EnumSet<ScoreColumn> columns = EnumSet.noneOf(ScoreColumn.class);
        for (ScoreColumn column : ScoreColumn.values()) {
            if (column.isOfModel() && saved.param(column.param()) instanceof String name && !name.isEmpty()) {
                columns.add(column);
            }
        }
        if (saved.columns().known() != null) {
            columns.addAll(List.of(ScoreColumn.ANOMALY, ScoreColumn.SEVERITY, ScoreColumn.IS_ANOMALY));
            if (saved.content().explains()) {
                columns.add(ScoreColumn.CONTRIBUTIONS);
            }
        }
        return new Scorer(saved, saved.content().rows(options), new PatternScores(), columns);
    }

    /**
     * Returns a scorer of the same model that computes other columns. Contributions are of anomalies only if
     * {@link ScoreColumn#IS_ANOMALY} is computed, too.
     *
     * @throws IllegalArgumentException if the model has no such column
     */
    public Scorer computing(ScoreColumn... some) {
        EnumSet<ScoreColumn> asked = EnumSet.noneOf(ScoreColumn.class);
        for (ScoreColumn column : some) {
            Require.that(offers(column), "the model has no %s", column);
            asked.add(column);
        }
        return new Scorer(saved, model, patterns, asked);
    }

    private boolean offers(ScoreColumn column) {
        return column.isOfAnomaly()
                ? saved.columns().known() != null
                : column == ScoreColumn.CONTRIBUTIONS
                        ? saved.content().explains()
                        : saved.params().containsKey(column.param());
    }

    /** Returns the columns that are computed, in order. */
    public Set<ScoreColumn> columns() {
        return columns;
    }

    /** Returns the columns of the table that the model reads, in order; empty if it reads features. */
    public List<String> inputs() {
        return rule.columns();
    }

    /** Returns the number of numbers that {@link #score(double...)} reads. */
    public int numFeatures() {
        return model.width();
    }

    /**
     * Scores a row of a table.
     *
     * @param row values by the names of the columns: texts, numbers, booleans, dates and times of {@code java.time},
     *     arrays or lists of numbers; null: missing. A column {@code a.b} is also found as {@code b} in a map
     *     {@code a}. Further columns are ignored.
     * @throws DataException if a column of the row is missing, or if the model cannot read a value
     * @throws IllegalStateException if the model reads features
     */
    public ScoredRow score(Map<String, ?> row) {
        if (inputs().isEmpty()) {
            throw new IllegalStateException(
                    "the model reads features, not columns of a table; call score with numbers");
        }
        if (encoders.isEmpty()) {
            return score(numbers(row), row);
        }
        double[] numbers = encoder.encode(
                i -> Cells.toRead(encoders.get(i), cell(row, encoders.get(i).column())));
        if (numbers == null) {
            throw new DataException("an array of the features %s is null, expected numbers".formatted(inputs()));
        }
        return score(numbers, row);
    }

    /**
     * Scores the numbers of a row.
     *
     * @param numbers d features; of a model that knows its table, the encoded numbers before scaling. Not modified.
     * @throws DataException if the model cannot read them
     */
    public ScoredRow score(double... numbers) {
        return score(numbers.clone(), null);
    }

    /** Returns the numbers of columns that hold numbers and arrays of numbers. */
    private double[] numbers(Map<String, ?> row) {
        double[] numbers = new double[model.width()];
        int at = 0;
        for (String name : inputs()) {
            Object cell = cell(row, name);
            double[] some = cell == null || Cells.number(cell) != null
                    ? new double[] {cell == null ? Double.NaN : Cells.number(cell)}
                    : Cells.numbers(cell);
            if (some == null || at + some.length > numbers.length) {
                throw new DataException("column \"%s\" has %s, expected numbers, %d with those of the other columns"
                        .formatted(
                                name,
                                some == null ? "a " + cell.getClass().getName() : some.length + " numbers",
                                numbers.length));
            }
            System.arraycopy(some, 0, numbers, at, some.length);
            at += some.length;
        }
        Require.size("numbers of a row", at, numbers.length);
        return numbers;
    }

    private static Object cell(Map<String, ?> row, String column) {
        Object cell = row.get(column);
        if (cell != null || row.containsKey(column)) {
            return cell;
        }
        int point = column.indexOf('.');
        if (point > 0 && row.get(column.substring(0, point)) instanceof Map<?, ?> inner) {
            Map<String, Object> fields = new LinkedHashMap<>();
            inner.forEach((name, value) -> fields.put(String.valueOf(name), value));
            return cell(fields, column.substring(point + 1));
        }
        throw new DataException("the row has no column \"%s\", which the model reads; its columns are %s"
                .formatted(column, row.keySet()));
    }

    private ScoredRow score(double[] numbers, Map<String, ?> given) {
        String flaw = rule.apply(numbers, this::name);
        if (flaw != null) {
            throw new DataException(flaw.isEmpty() ? "the row has no value, expected at least one" : flaw);
        }
        for (int j = 0; j < numbers.length; j++) { // as scaled
            if (!UsableNumbers.isUsable(numbers[j]) && !(keepsMissing && Double.isNaN(numbers[j]))) {
                throw new DataException("features column \"%s\" has %s at position %d (from 0), expected finite numbers"
                        .formatted(name(j), UsableNumbers.text(numbers[j]), j));
            }
        }
        Worker worker = idle.poll();
        if (worker == null) {
            worker = new Worker();
        }
        ScoredRow scored = worker.score(numbers, given);
        idle.add(worker);
        return scored;
    }

    private String name(int number) {
        for (ExplainedColumn column : explained) {
            if (number < column.from() + column.count()) {
                return column.name();
            }
        }
        throw new IndexOutOfBoundsException(number);
    }

    /** The workspace of one thread. */
    private final class Worker {
        private final BatchScorer scorer = model.scorer(computed);
        private PatternScores.Worker compared;
        private Explanation explanation;

        ScoredRow score(double[] row, Map<String, ?> given) {
            String flaw = scorer.flaw(row);
            if (flaw != null) {
                throw new DataException(flaw);
            }
            scorer.score(row, 1);
            Map<ScoreColumn, Object> values = new EnumMap<>(ScoreColumn.class);
            double anomaly = computed.contains(ScoreColumn.ANOMALY) ? anomaly(row) : Double.NaN;
            String pattern = null;
            for (ScoreColumn column : columns) {
                if (column.isOfAnomaly() && pattern == null) {
                    pattern = saved.columns().known().patterns().isEmpty() ? "" : PatternDistributions.pattern(row);
                }
                values.put(
                        column,
                        switch (column) {
                            case ANOMALY -> anomaly;
                            case SEVERITY -> saved.columns().known().of(pattern).percentile(anomaly);
                            case IS_ANOMALY -> anomaly > threshold(pattern);
                            case CONTRIBUTIONS ->
                                Boolean.FALSE.equals(values.get(ScoreColumn.IS_ANOMALY)) ? null : explained(row, given);
                            case IMPUTED, RECONSTRUCTION -> inUnits((double[]) scorer.value(column, 0));
                            default -> scorer.value(column, 0);
                        });
            }
            return new ScoredRow(values);
        }

        private double anomaly(double[] row) {
            double score = (double) scorer.value(ScoreColumn.ANOMALY, 0);
            if (!keepsMissing || Arrays.stream(row).noneMatch(Double::isNaN)) {
                return score;
            }
            if (compared == null) {
                compared = patterns.worker(model.scorer(EnumSet.of(ScoreColumn.ANOMALY)));
            }
            return compared.compared(place -> {}, row, 0, score);
        }

        private List<Explanation.Cell> explained(double[] row, Map<String, ?> given) {
            if (explanation == null) {
                explanation = new Explanation(explainer, explained, rule.scaling());
            }
            explanation.evaluate(row, 1);
            List<String> texts =
                    explained.stream().map(column -> text(given, column)).toList();
            return explanation.of(0, texts, mostExplained());
        }
    }

    private int mostExplained() {
        return ((Number) saved.param("explainedColumns")).intValue();
    }

    private double threshold(String pattern) {
        return Double.isNaN(saved.threshold())
                ? saved.columns().known().of(pattern).exceededBy(saved.alertRate())
                : saved.threshold();
    }

    /** Returns the value of a column of the row as a text; null if only its numbers are known. */
    private static String text(Map<String, ?> given, ExplainedColumn column) {
        Object cell = given == null || column.encoder() == null && !given.containsKey(column.name())
                ? null
                : cell(given, column.name());
        return cell == null ? null : Cells.text(cell, column.encoder() == null ? null : Cells.zone(column.encoder()));
    }

    /** Returns a row of the model in the units of the table: its columns if they are known, else its numbers. */
    private Object inUnits(double[] row) {
        rule.scaling().invert(row, 0, row.length);
        if (saved.encoders().isEmpty()) {
            return row;
        }
        Map<String, Object> cells = new LinkedHashMap<>();
        for (int i = 0; i < encoders.size(); i++) {
            ColumnEncoder own = encoders.get(i);
            cells.put(own.column(), Cells.written(own, own.read(row, encoder.start(i))));
        }
        return Collections.unmodifiableMap(cells);
    }
}
