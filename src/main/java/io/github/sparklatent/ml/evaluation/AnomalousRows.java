package io.github.sparklatent.ml.evaluation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.ml.columns.TableForm;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.OutputColumns;
import io.github.sparklatent.ml.core.Scoring;
import io.github.sparklatent.ml.core.TrainingTables;
import io.github.sparklatent.ml.explanation.Explanations;
import io.github.sparklatent.report.Numbers;
import io.github.sparklatent.report.Page.Cell;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.Page.Table;
import io.github.sparklatent.scoring.ReferenceRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The section of a report that shows the most anomalous rows with the columns that explain them. */
public final class AnomalousRows {
    private static final int SHOWN = 10;
    private static final int COLUMNS = 3;

    /** The most rows of which the shown ones are the most anomalous, as an expectation. */
    private static final double MOST = 20_000;

    private AnomalousRows() {}

    /**
     * Returns the section; empty if the model cannot explain rows, or if it reads one vector, whose numbers have no
     * names.
     *
     * @param known the reference rows
     */
    public static Optional<Section> of(
            TrainingTables tables, TableFacts facts, TableForm form, LatentModel<?> model, ReferenceRows known) {
        boolean named = form.hasNamedNumbers(model.numFeatures());
        if (!named || model.noExplanationBecause().isPresent()) {
            return Optional.empty();
        }
        long holdoutRows = tables.heldOut(facts);
        boolean heldOut = holdoutRows > 0;
        double rows = heldOut ? holdoutRows : facts.rows();
        Column[] further =
                model.furtherColumns().stream().map(SchemaColumns::column).toArray(Column[]::new);
        Dataset<Row> sample = tables.rows(heldOut, MOST / rows, facts, further);
        List<Row> found = found(tables, sample, form, model, known);
        boolean hasKey = tables.options().id() != null;
        List<List<Cell>> lines = new ArrayList<>();
        for (Row row : found) {
            List<Cell> line = new ArrayList<>();
            line.add(Cell.of(hasKey ? String.valueOf(row.getString(0)) : "" + (lines.size() + 1)));
            line.add(Cell.of(Numbers.percent(row.getDouble(1) / 100)));
            line.add(Cell.of(
                    row.<Row>getList(2).stream().map(Explanations::words).collect(Collectors.joining("; "))));
            lines.add(line);
        }
        String caption = "The most anomalous of %s %s."
                .formatted(rows > MOST ? "a sample of the" : "the", heldOut ? "held-out rows" : "training rows");
        return Optional.of(new Section(
                "explained-rows",
                "Why rows are anomalies",
                "The severity is the share of %s %s with a lower score. The columns are"
                                .formatted(
                                        Numbers.count(known.scores().rows()),
                                        known.scores().heldOut() ? "held-out rows" : "reference rows")
                        + " those that fit the others least, with the value expected given the others, and the range of 95% of such values."
                        + (hasKey ? "" : " To have the rows named, set data.id."),
                lines.isEmpty()
                        ? List.of()
                        : List.of(new Table(
                                "explained-rows-table",
                                caption,
                                "sentences",
                                List.of(hasKey ? "Row" : "Rank", "Severity", "Columns, oddest first"),
                                lines,
                                true))));
    }

    private static List<Row> found(
            TrainingTables tables, Dataset<Row> table, TableForm form, LatentModel<?> model, ReferenceRows known) {
        StructType schema = table.schema();
        String features = SchemaColumns.unused(schema, "latent_features");
        String anomaly = SchemaColumns.unused(schema, "latent_anomaly");
        String severe = SchemaColumns.unused(schema, "latent_severity");
        String why = SchemaColumns.unused(schema, "latent_why");
        Scoring scoring = new Scoring(model, form.with(known), tables.usable());
        Dataset<Row> most = scoring.add(
                        table,
                        OutputColumns.of(Map.of(ScoreColumn.ANOMALY, anomaly, ScoreColumn.SEVERITY, severe))
                                .withFeatures(features))
                .where(col(anomaly).isNaN().unary_$bang())
                .orderBy(col(severe).desc(), col(anomaly).desc(), xxhash64(col(features)))
                .limit(SHOWN);
        String key = tables.options().id();
        Column id = key == null ? lit("") : SchemaColumns.column(key).cast(DataTypes.StringType);
        return scoring.add(
                        most,
                        OutputColumns.of(Map.of(ScoreColumn.CONTRIBUTIONS, why)).explaining(COLUMNS))
                .select(id, col(severe), col(why))
                .collectAsList();
    }
}
