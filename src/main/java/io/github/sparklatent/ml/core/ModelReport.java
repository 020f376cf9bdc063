package io.github.sparklatent.ml.core;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.github.sparklatent.cluster.reduce.KeptRows;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.ml.explanation.Explanations;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.report.Chart;
import io.github.sparklatent.report.ComponentsSection;
import io.github.sparklatent.report.ComponentsSection.Components;
import io.github.sparklatent.report.GroupsSection;
import io.github.sparklatent.report.Numbers;
import io.github.sparklatent.report.Page;
import io.github.sparklatent.report.Page.Cell;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.Page.Table;
import io.github.sparklatent.report.Page.Tile;
import io.github.sparklatent.report.Palette;
import io.github.sparklatent.report.Words;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/** The page on a model, and on the rows of a table as the model sees them. */
record ModelReport(LatentModel<?> model) {
    /** Rows in the table of the most anomalous rows. */
    private static final int ROWS = 10;

    /** Cells of a row that are shown, to recognise the row. */
    private static final int CELLS = 6;

    private static final int BINS = 20;

    /**
     * The rows of the table as the model sees them.
     *
     * @param scored the table and the columns of the model, cached
     * @param columns names of the columns of the table
     * @param names names of the columns of the model
     */
    private record Seen(
            Dataset<Row> scored,
            List<String> columns,
            Map<ScoreColumn, String> names,
            long rows,
            Map<String, Double> means) {
        Column column(ScoreColumn column) {
            return SchemaColumns.column(names.get(column));
        }
    }

    /** Returns the page on the model, and on the rows of a table that it scores. */
    Page page(Optional<Dataset<Row>> table) {
        Optional<Seen> seen = table.map(this::seen);
        try {
            return page(seen, new ArrayList<>());
        } finally {
            seen.ifPresent(rows -> KeptRows.release(rows.scored()));
        }
    }

    private Page page(Optional<Seen> seen, List<Section> sections) {
        seen.flatMap(this::anomalies).ifPresent(sections::add);
        model.profile().ifPresent(profile -> {
            if (!profile.columns().isEmpty()) {
                sections.add(GroupsSection.of(profile));
            }
            double[] assigned = seen.map(this::assigned).orElse(new double[] {});
            sections.add(ComponentsSection.of(
                    new Components(profile.weights(), assigned), trainingRows(), "rows of this table"));
        });
        seen.flatMap(this::severities).ifPresent(sections::add);
        return Page.head(
                        "Model report",
                        Words.capitalised(model.describe()),
                        summary(seen),
                        model.record().isPresent() ? "trained" : "given parameters",
                        true,
                        model.record().map(TrainingRecord::warnings).orElse(List.of()),
                        tiles(seen))
                .with(sections, model.record().map(TrainingRecord::sections).orElse(List.of()));
    }

    private Map<String, Object> metrics() {
        return model.record().map(record -> Json.parse(record.metrics())).orElse(Map.of());
    }

    private static Object in(Map<?, ?> metrics, String... path) {
        Object value = metrics;
        for (String name : path) {
            value = value instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return value;
    }

    private long trainingRows() {
        return in(metrics(), "rows", "train") instanceof Number rows ? rows.longValue() : 0;
    }

    private String summary(Optional<Seen> seen) {
        String trained = trainingRows() > 0
                ? "Trained on %s.".formatted(Words.counted(trainingRows(), "row"))
                : "Its training is not known.";
        return seen.map(rows -> trained
                        + " This page shows %s as the model sees them.".formatted(Words.counted(rows.rows(), "row")))
                .orElse(trained);
    }

    private List<Tile> tiles(Optional<Seen> seen) {
        List<Tile> tiles = new ArrayList<>();
        tiles.add(new Tile(Numbers.count(model.numFeatures()), "features", ""));
        if (model.componentCount() > 0) {
            tiles.add(new Tile(Numbers.count(model.componentCount()), "components", ""));
        }
        if (model.latentCount() > 0) {
            tiles.add(new Tile(Numbers.count(model.latentCount()), "latent variables", ""));
        }
        seen.ifPresent(rows -> {
            tiles.add(new Tile(Numbers.count(rows.rows()), "rows", "of this table"));
            rows.means().forEach((name, mean) -> tiles.add(new Tile(Numbers.figure(mean), name, "mean of these rows")));
        });
        return tiles;
    }

    /** Scores the rows once: they are read several times, so they are cached. */
    private Seen seen(Dataset<Row> table) {
        StructType schema = table.schema();
        Map<ScoreColumn, String> names = new EnumMap<>(ScoreColumn.class);
        for (ScoreColumn column : List.of(ScoreColumn.ANOMALY, ScoreColumn.COMPONENT)) {
            if (model.offers(column)) {
                names.put(column, SchemaColumns.unused(schema, "latent_" + column.modelColumn()));
            }
        }
        if (model.rule().isPresent()) {
            names.put(
                    ScoreColumn.SEVERITY, SchemaColumns.unused(schema, "latent_" + ScoreColumn.SEVERITY.modelColumn()));
        }
        Dataset<Row> scored = model.scored(
                        new Scoring(model, model.form(), model.invalidRows()), table, OutputColumns.of(names), 1)
                .persist(StorageLevel.MEMORY_AND_DISK());
        List<Column> sums = new ArrayList<>(List.of(count(lit(1))));
        if (names.containsKey(ScoreColumn.ANOMALY)) {
            Column score = SchemaColumns.column(names.get(ScoreColumn.ANOMALY));
            sums.add(avg(when(score.isNaN().unary_$bang(), score)));
        }
        Row row;
        try {
            row = scored.select(sums.toArray(Column[]::new)).first();
        } catch (RuntimeException e) {
            KeptRows.release(scored);
            throw e;
        }
        Map<String, Double> means =
                row.length() > 1 && !row.isNullAt(1) ? Map.of("anomaly score", row.getDouble(1)) : Map.of();
        return new Seen(scored, List.of(schema.fieldNames()), names, row.getLong(0), means);
    }

    private double[] assigned(Seen seen) {
        if (!model.offers(ScoreColumn.COMPONENT)) {
            return new double[] {};
        }
        double[] rows = new double[model.componentCount()];
        Column component = seen.column(ScoreColumn.COMPONENT);
        for (Row row : seen.scored().groupBy(component).count().collectAsList()) {
            if (!row.isNullAt(0) && row.getInt(0) >= 0) {
                rows[row.getInt(0)] += row.getLong(1);
            }
        }
        return rows;
    }

    /** Returns the most anomalous rows with the top contributing columns; empty if the model cannot explain rows. */
    private Optional<Section> anomalies(Seen seen) {
        if (model.noExplanationBecause().isPresent() || !model.offers(ScoreColumn.ANOMALY)) {
            return Optional.empty();
        }
        List<String> columns = seen.columns();
        Dataset<Row> most = seen.scored()
                .orderBy(Stream.of(ScoreColumn.SEVERITY, ScoreColumn.ANOMALY)
                        .filter(seen.names()::containsKey)
                        .map(column -> seen.column(column).desc_nulls_last())
                        .toArray(Column[]::new))
                .limit(ROWS);
        Dataset<Row> explained = new ModelView(ModelView.Name.EXPLAIN, Map.of())
                .table(
                        model,
                        most.select(columns.stream().map(SchemaColumns::column).toArray(Column[]::new)));
        List<List<Cell>> lines = new ArrayList<>();
        boolean judged = model.rule().isPresent();
        for (Row row : explained.collectAsList()) {
            int scores = columns.size();
            String cells = columns.stream()
                    .limit(CELLS)
                    .map(name -> shown(row.getAs(name)))
                    .collect(Collectors.joining(", "));
            String causes = row.<Row>getList(scores + (judged ? 2 : 1)).stream()
                    .map(Explanations::words)
                    .collect(Collectors.joining("; "));
            List<Cell> line = new ArrayList<>();
            line.add(Cell.of(Integer.toString(lines.size() + 1)));
            if (judged) {
                line.add(Cell.of(row.isNullAt(scores + 1) ? "" : Numbers.percent(row.getDouble(scores + 1) / 100)));
            }
            line.add(Cell.of(Numbers.figure(row.getDouble(scores))));
            line.add(Cell.of(cells + (columns.size() > CELLS ? ", ...: " : ": ") + causes));
            lines.add(line);
        }
        List<String> head = judged
                ? List.of("Rank", "Severity", "Anomaly score", "Row: top contributing columns")
                : List.of("Rank", "Anomaly score", "Row: top contributing columns");
        return Optional.of(new Section(
                "anomalies",
                "The most anomalous rows",
                "Each of these columns has its value, the value expected given the other columns, and the range of 95% of such values.",
                List.of(new Table("anomalous-rows", "The highest first.", "sentences", head, lines, true))));
    }

    /** Returns a cell as a text; of numbers their number, because they would fill the page. */
    private static String shown(Object cell) {
        return cell instanceof Vector vector
                ? "[%d numbers]".formatted(vector.size())
                : cell instanceof scala.collection.Seq<?> list
                        ? "[%d values]".formatted(list.length())
                        : String.valueOf(cell);
    }

    /** Returns the distribution of the severity, which is flat for rows like those of the training. */
    private Optional<Section> severities(Seen seen) {
        if (model.rule().isEmpty()) {
            return Optional.empty();
        }
        double width = 100.0 / BINS;
        Column bin = least(floor(seen.column(ScoreColumn.SEVERITY).divide(width)), lit(BINS - 1))
                .cast(DataTypes.IntegerType);
        double[] shares = new double[BINS];
        for (Row row : seen.scored()
                .groupBy(bin.as("bin"))
                .count()
                .where(col("bin").isNotNull())
                .collectAsList()) {
            shares[row.getInt(0)] = 100.0 * row.getLong(1) / Math.max(1, seen.rows());
        }
        double[] middles =
                IntStream.range(0, BINS).mapToDouble(i -> width * (i + 0.5)).toArray();
        Chart chart = Chart.of(
                        "severity",
                        "Severity of the rows: %s are expected in each bar.".formatted(Numbers.percent(width / 100)),
                        "Histogram of severities; the last bar has %s of the rows."
                                .formatted(Numbers.percent(shares[BINS - 1] / 100)),
                        Chart.Axis.of("severity").range(0, 100),
                        Chart.Axis.percent("share of rows"))
                .with(Chart.Series.histogram("", Palette.series(0), middles, shares));
        return Optional.of(new Section(
                "severities",
                "Severity",
                "The severity of a row is the percentage of the reference rows with a lower anomaly score. If these rows are like those of the training, all bars have the same height.",
                List.of(chart)));
    }
}
