package io.github.sparklatent.ml.mixture.grouped;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.table.RowRoles;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.ml.core.EvaluationContext;
import io.github.sparklatent.ml.core.ModelEvaluation;
import io.github.sparklatent.ml.evaluation.MixtureEvaluator;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/** Evaluates each row of a table by the model of its group. */
record GroupedEvaluation(GroupedMixtureModel model, EvaluationContext context) implements ModelEvaluation {
    @Override
    public Measured run() {
        TableFacts facts = context.monitor()
                .time(
                        "read",
                        () -> BlockTable.check(
                                context.table(), context.columns(), context.scaling(), context.options()));
        context.requireWidth(facts.width(), model);
        return context.monitor().time("evaluate", () -> measured(facts));
    }

    private Measured measured(TableFacts facts) {
        Dataset<Row> scored = scored().persist(StorageLevel.MEMORY_AND_DISK());
        try {
            return measured(facts, scored);
        } finally {
            scored.unpersist(true);
        }
    }

    private static double mean(Dataset<Row> scored) {
        return new MixtureEvaluator()
                .setLogDensityCol("logDensity")
                .setWeightCol("weight")
                .evaluate(scored);
    }

    private Measured measured(TableFacts facts, Dataset<Row> scored) {
        double mean = mean(scored);
        Row counts = scored.agg(count("*"), sum(when(col("ownModel"), 1L).otherwise(0L)))
                .first();
        long own = counts.isNullAt(1) ? 0 : counts.getLong(1);
        long fallback = counts.getLong(0) - own;
        Map<String, Object> measures = new LinkedHashMap<>();
        measures.put("meanLogLikelihood", mean);
        Lines notes = new Lines();
        notes.add(
                "groups",
                "%s by the models of their groups, %d by the model of all rows",
                Lines.count(own, "row"),
                fallback);
        return new Measured(
                facts,
                facts.warnings(),
                context.scaling(),
                measures,
                Map.of("groups", Json.object("own", own, "fallback", fallback)),
                notes);
    }

    private Dataset<Row> scored() {
        StructType schema = context.table().schema();
        Invalid invalid = context.options().invalid();
        String features = SchemaColumns.unused(schema, "latent_features");
        String density = SchemaColumns.unused(schema, "latent_logDensity");
        String own = SchemaColumns.unused(schema, "latent_ownModel");
        String weight = SchemaColumns.unused(schema, "latent_weight");
        GroupedMixtureModel scorer =
                model.withColumns(Map.of(ScoreColumn.LOG_DENSITY, density, ScoreColumn.OWN_MODEL, own));
        scorer.setFeaturesCol(features);
        scorer.put("handleInvalid", invalid.toString());
        Dataset<Row> weighted = context.table()
                .withColumn(weight, RowRoles.weight(schema, context.options()))
                .where(col(weight).gt(0));
        Dataset<Row> assembled = context.assembler()
                .setOutputCol(features)
                .setHandleInvalid(invalid.toString())
                .transform(weighted);
        return scorer.transform(assembled)
                .select(col(density).as("logDensity"), col(weight).as("weight"), col(own).as("ownModel"));
    }
}
