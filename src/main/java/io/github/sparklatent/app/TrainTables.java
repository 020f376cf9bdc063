package io.github.sparklatent.app;

import io.github.sparklatent.config.DataSection;
import io.github.sparklatent.config.JobConfiguration;
import io.github.sparklatent.cluster.FeatureColumns;
import io.github.sparklatent.cluster.Placement;
import io.github.sparklatent.cluster.Scaling;
import io.github.sparklatent.cluster.TableFacts;
import io.github.sparklatent.ml.FeatureAssembler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * The tables that a training reads, found and not read yet.
 *
 * @param table of the training rows
 * @param holdout a held-out table of its own; empty where there is none
 * @param columns of the features
 */
record TrainTables(
        JobConfiguration configuration,
        Dataset<Row> table,
        Optional<Dataset<Row>> holdout,
        FeatureColumns columns) {
    /**
     * @throws io.github.sparklatent.learn.DataException where a table or a column is not there
     */
    static TrainTables find(JobContext context) {
        DataSection data = context.configuration().data();
        TableReader reader = new TableReader(context.spark(), data);
        Dataset<Row> table = reader.read();
        FeatureColumns columns =
                TableSettings.inData(
                        context.configuration(),
                        () -> {
                            TableSettings.requireNamedColumns(table.schema(), data);
                            return TableSettings.columns(table.schema(), data);
                        });
        Optional<Dataset<Row>> holdout = Optional.empty();
        if (!data.holdout().paths().isEmpty()) {
            Dataset<Row> found = reader.readHoldout(TableReader.declaredWidth(table.schema()));
            TableSettings.inHoldout(
                    context.configuration(),
                    () -> {
                        TableSettings.requireNamedColumns(found.schema(), data);
                        return FeatureColumns.resolve(found.schema(), columns.columns(), Set.of());
                    });
            holdout = Optional.of(found);
        }
        return new TrainTables(context.configuration(), table, holdout, columns);
    }

    /** The same columns in the held-out table. */
    FeatureColumns holdoutColumns() {
        return FeatureColumns.resolve(holdout.orElseThrow().schema(), columns.columns(), Set.of());
    }

    /** What sums follow from, and the rows do not say: of rows that stay where they are. */
    int partitions() {
        return configuration.data().placement() == Placement.ASIS
                ? table.toJavaRDD().getNumPartitions()
                : 0;
    }

    /** What a person should know of the table. */
    List<String> warnings(TableFacts facts) {
        List<String> warnings = new ArrayList<>(facts.warnings());
        unusedColumns().ifPresent(warnings::add);
        return warnings;
    }

    /** A warning of columns that are left out. */
    Optional<String> unusedColumns() {
        return TableSettings.unusedColumns(table.schema(), columns, configuration.data());
    }

    /** The stage that makes the features; its column must not be one of the table's. */
    FeatureAssembler assembler(FeatureColumns used, Scaling scaling, int width) {
        return new FeatureAssembler("assembler", used, scaling, width)
                .setOutputCol(unused("features"));
    }

    /** A name that no column of the table has. */
    String unused(String wish) {
        StructType schema = table.schema();
        return TableSettings.unusedName(schema, wish);
    }

    /** Both stages; the columns that they add must not be the table's own. */
    PipelineModel pipeline(FeatureAssembler assembler, Model<?> model) {
        return new Pipeline("pipeline")
                .setStages(new PipelineStage[] {assembler, model})
                .fit(table); // both are fitted: the table gives its schema only
    }
}
