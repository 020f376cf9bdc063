package io.github.sparklatent.app.job;

import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.files.TableReader;
import io.github.sparklatent.cluster.encoding.ColumnDecision;
import io.github.sparklatent.cluster.encoding.ColumnPlan;
import io.github.sparklatent.cluster.encoding.ColumnPlanner;
import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.columns.ColumnType;
import io.github.sparklatent.config.DataSection;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.core.SavedModels;
import io.github.sparklatent.report.Numbers;
import io.github.sparklatent.report.Page.Cell;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.Page.Table;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.rdd.PartitionPruningRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import scala.Function1;

/**
 * The columns that a training models.
 *
 * @param columns the columns with their encoders
 * @param plan decisions about all columns; empty if the configuration and the schema give them, or if an initial model
 *     has them
 * @param remarks warnings besides those of the plan, as sentences
 */
public record ColumnChoice(FeatureColumns columns, Optional<ColumnPlan> plan, List<String> remarks) {
    /** Largest number of columns in a report. */
    private static final int SHOWN = 200;

    /**
     * Chooses the columns. If the configuration names columns of numbers only, the rows are not read. A training that
     * starts from a model uses the encoders of this model.
     *
     * @param like path of another model whose encoders are used, if it reads the same columns
     * @throws DataException if a column does not exist, cannot be modelled, or is the label, the weight or the id
     */
    public static ColumnChoice of(JobContext context, Dataset<Row> table, Optional<String> like) {
        JobConfiguration configuration = context.configuration();
        DataSection data = configuration.data();
        StructType schema = table.schema();
        Set<String> excluded = TableSettings.excluded(data);
        ColumnPlanner planner = new ColumnPlanner(
                TableSettings.features(data),
                excluded,
                data.columns(),
                data.text(),
                configuration.type().readsCategories(),
                data.invalid(),
                data.scale().ofNumbers());
        if (planner.isPlain(schema)) {
            return new ColumnChoice(
                    TableSettings.checked(FeatureColumns.resolve(schema, TableSettings.features(data), excluded), data),
                    Optional.empty(),
                    List.of());
        }
        Optional<FeatureColumns> initial = initial(context, planner, schema, like);
        if (initial.isPresent()) {
            return new ColumnChoice(
                    TableSettings.checked(initial.get(), data),
                    Optional.empty(),
                    TableSettings.features(data).isEmpty() // else they are left out on purpose
                            ? unread(schema, initial.get(), excluded, data)
                            : List.of());
        }
        ColumnPlan plan = planner.plan(context.preview() ? preview(context, table) : table);
        return new ColumnChoice(
                TableSettings.checked(FeatureColumns.of(schema, plan.encoders()), data), Optional.of(plan), List.of());
    }

    /** Returns some partitions of a table with many, evenly spaced, and says so. */
    private static Dataset<Row> preview(JobContext context, Dataset<Row> table) {
        RDD<Row> rows = table.rdd();
        int partitions = rows.getNumPartitions();
        if (partitions <= TableReader.PREVIEWED) {
            return table;
        }
        Set<Object> chosen = IntStream.range(0, TableReader.PREVIEWED)
                .mapToObj(i -> (int) ((long) i * (partitions - 1) / (TableReader.PREVIEWED - 1)))
                .collect(Collectors.toSet());
        context.console()
                .err()
                .println("These decisions are from %d of %,d partitions of the table. A training reads all of them."
                        .formatted(TableReader.PREVIEWED, partitions));
        Dataset<Row> some = table.sparkSession()
                .createDataFrame(
                        PartitionPruningRDD.create(rows, (Function1<Object, Object> & Serializable) chosen::contains),
                        table.schema());
        return some.isEmpty() ? table : some;
    }

    /**
     * Returns the columns of the initial model, or of the other one, if it has encoders of the columns that are set.
     */
    private static Optional<FeatureColumns> initial(
            JobContext context, ColumnPlanner planner, StructType schema, Optional<String> like) {
        JobConfiguration configuration = context.configuration();
        return configuration
                .settings()
                .text("train.initialModel")
                .or(() -> like)
                .map(path -> SavedModels.any(context.spark(), path, configuration.type()))
                .filter(saved -> saved.type().equals(configuration.type()))
                .filter(
                        saved -> // ranks are computed by the encoders of the columns
                        saved.scaling().kind().ofNumbers()
                                        == configuration.data().scale().ofNumbers())
                .flatMap(saved -> saved.columns(planner, schema));
    }

    /** Returns a warning if the initial model does not read some columns of the table. */
    private static List<String> unread(
            StructType schema, FeatureColumns columns, Set<String> excluded, DataSection data) {
        List<String> unread = Arrays.stream(schema.fieldNames())
                .filter(name -> excluded.stream().noneMatch(name::equalsIgnoreCase))
                .filter(name -> data.columns().entrySet().stream()
                        .noneMatch(set -> set.getKey().equalsIgnoreCase(name)
                                && set.getValue().type() == ColumnType.IGNORE))
                .filter(name -> columns.columns().stream()
                        .noneMatch(read -> read.equalsIgnoreCase(name) || read.startsWith(name + ".")))
                .toList();
        return unread.isEmpty()
                ? List.of()
                : List.of(
                        "the columns %s of the table are not used, because the model that it starts from or is compared with does not read them; to use them, train without this model"
                                .formatted(String.join(", ", unread)));
    }

    /** Returns warnings about the columns, as sentences. */
    List<String> notes() {
        return Stream.concat(plan.map(ColumnPlan::notes).orElse(List.of()).stream(), remarks.stream())
                .toList();
    }

    /** Returns the decisions as objects of {@code metrics.json}; empty if there are none. */
    List<Map<String, Object>> json() {
        return plan.map(ColumnPlan::json).orElse(List.of());
    }

    /** Returns the decisions as a section of a report, which is empty if there are none. */
    Section section() {
        List<ColumnDecision> all = plan.map(ColumnPlan::decisions).orElse(List.of());
        Table table = new Table(
                "columns-uses",
                all.size() > SHOWN
                        ? "The first %d of %d columns.".formatted(SHOWN, all.size())
                        : "Types of the columns and the reasons for them.",
                "sentences",
                List.of("Column", "Type", "Missing", "Reason"),
                all.stream().limit(SHOWN).map(ColumnChoice::row).toList(),
                true);
        return new Section(
                "columns",
                "Columns of the table",
                "%d of %d columns are modelled. To have a column read in another way, give its type in data.columns."
                        .formatted(all.stream().filter(ColumnDecision::isUsed).count(), all.size()),
                all.isEmpty() ? List.of() : List.of(table));
    }

    private static List<Cell> row(ColumnDecision decision) {
        return List.of(
                Cell.of(decision.column()),
                Cell.of(decision.isUsed() ? decision.type() : "left out"),
                Cell.of(decision.missing() > 0 ? Numbers.percent(decision.missing()) : ""),
                Cell.of(decision.reason()));
    }
}
