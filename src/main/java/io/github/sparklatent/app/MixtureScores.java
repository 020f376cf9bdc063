package io.github.sparklatent.app;

import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.negate;

import io.github.sparklatent.config.ScoreColumn;
import io.github.sparklatent.cluster.FeatureColumns;
import io.github.sparklatent.ml.FeatureAssembler;
import io.github.sparklatent.ml.GaussianMixtureModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that scoring with a mixture adds. Responsibilities are an array of numbers; where a
 * format has no arrays, a column {@code responsibility_0}, {@code responsibility_1}, ... for each
 * component.
 */
final class MixtureScores implements Scores {
    static final String FLAT = "responsibility_";

    private final SavedMixture model;
    private final List<ScoreColumn> asked;
    private final boolean flat;

    /**
     * @param flat whether the format has numbers and texts only
     */
    MixtureScores(SavedMixture model, List<ScoreColumn> asked, boolean flat) {
        this.model = model;
        this.asked = asked;
        this.flat = flat;
    }

    @Override
    public List<String> names() {
        return asked.stream().flatMap(column -> names(column).stream()).toList();
    }

    private List<String> names(ScoreColumn column) {
        return column == ScoreColumn.RESPONSIBILITIES && flat
                ? IntStream.range(0, model.parameters().components())
                        .mapToObj(k -> FLAT + k)
                        .toList()
                : List.of(column.toString());
    }

    @Override
    public Dataset<Row> of(Dataset<Row> table, FeatureColumns columns, boolean skip) {
        StructType schema = table.schema();
        String features = TableSettings.unusedName(schema, "latent_features");
        String component = TableSettings.unusedName(schema, "latent_component");
        String responsibilities = TableSettings.unusedName(schema, "latent_responsibilities");
        String logDensity = TableSettings.unusedName(schema, "latent_logDensity");
        FeatureAssembler assembler = model.assembler(columns);
        GaussianMixtureModel mixture =
                model.mixture()
                        .copy(ParamMap.empty())
                        .setFeaturesCol(features)
                        .setPredictionCol(component)
                        .setProbabilityCol(responsibilities)
                        .setLogDensityCol(logDensity);
        List<Column> kept = new ArrayList<>();
        Arrays.stream(schema.fieldNames()).map(TableSettings::column).forEach(kept::add);
        for (ScoreColumn column : asked) {
            switch (column) {
                case COMPONENT -> kept.add(col(component).as(column.toString()));
                case RESPONSIBILITIES -> kept.addAll(responsibilities(col(responsibilities)));
                case LOG_DENSITY -> kept.add(col(logDensity).as(column.toString()));
                case ANOMALY -> kept.add(negate(col(logDensity)).as(column.toString()));
                default ->
                        throw new IllegalArgumentException(column + " is no column of a mixture");
            }
        }
        Dataset<Row> assembled =
                assembler
                        .setOutputCol(features)
                        .setInvalid(skip ? "skip" : "error")
                        .transform(table);
        return mixture.transform(assembled).select(kept.toArray(Column[]::new));
    }

    private List<Column> responsibilities(Column vector) {
        Column array = vector_to_array(vector, "float64");
        List<String> names = names(ScoreColumn.RESPONSIBILITIES);
        return flat
                ? IntStream.range(0, names.size())
                        .mapToObj(k -> array.getItem(k).as(names.get(k)))
                        .toList()
                : List.of(array.as(names.get(0)));
    }
}
