package io.github.sparklatent.ml.core;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.ml.explanation.Explanations;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that are added to a table, in the order of {@link ScoreColumn}, then the features and the number by which
 * rows compare.
 *
 * @param names names of the added columns
 * @param threshold score above which a row is an anomaly
 * @param explained most columns of the contributions of a row
 * @param features name of the column of scaled features; null: not added
 * @param compared name of the column of the numbers by which rows compare; null: not added
 */
public record OutputColumns(
        Map<ScoreColumn, String> names, double threshold, int explained, String features, String compared)
        implements Serializable {
    public OutputColumns {
        names = names.isEmpty() ? new EnumMap<>(ScoreColumn.class) : new EnumMap<>(names);
    }

    /** Returns some columns by their names. */
    public static OutputColumns of(Map<ScoreColumn, String> names) {
        return new OutputColumns(names, Double.NaN, 0, null, null);
    }

    /** Returns the columns with another threshold of anomalies. */
    public OutputColumns above(double score) {
        return new OutputColumns(names, score, explained, features, compared);
    }

    /** Returns the columns with another greatest number of contributions. */
    public OutputColumns explaining(int most) {
        return new OutputColumns(names, threshold, most, features, compared);
    }

    /** Returns the columns with one of features. */
    public OutputColumns withFeatures(String name) {
        return new OutputColumns(names, threshold, explained, name, compared);
    }

    /** Returns the columns with one of the numbers by which rows compare, standardised if the model can. */
    public OutputColumns withCompared(String name) {
        return new OutputColumns(names, threshold, explained, features, name);
    }

    /**
     * Returns the columns that the Params name; a column with an empty name is not added. Without {@code inputCols}, a
     * model with components adds the anomaly score only if its Param is set, so that the columns are those of MLlib.
     *
     * @param byDefault whether also those columns computed from anomaly scores are added that the family shows by
     *     default: these need the columns of a table
     * @throws IllegalArgumentException if a Param that is set names a column that the model cannot add
     */
    static OutputColumns of(LatentParams<?> params, boolean byDefault) {
        Map<ScoreColumn, String> names = new EnumMap<>(ScoreColumn.class);
        for (ScoreColumn column : params.modelType().columns()) {
            boolean isDefault = column != ScoreColumn.ANOMALY
                    || params.isSet(params.inputCols())
                    || !params.offers(ScoreColumn.COMPONENT);
            Param<?> param = params.declared(column.param());
            String name = isDefault || params.isSet(param) ? (String) params.getOrDefault(param) : "";
            if (!name.isEmpty() && params.offers(column)) {
                names.put(column, name);
            } else {
                Require.that(
                        name.isEmpty() || !params.isSet(param),
                        "%s: %s is set, but %s, or set \"\"",
                        params.uid(),
                        column.param(),
                        column.isOfComponents()
                                ? "the model has no components: train it with cluster"
                                : "this model gives none, as any with within = trees or scale = both: train without them");
            }
        }
        Map<ScoreColumn, String> further = ofAnomalies(params, byDefault);
        List<String> rules = Stream.of(params.alertRate(), params.threshold(), params.alerts())
                .filter(params::isSet)
                .map(Param::name)
                .toList();
        Require.that(
                rules.size() < 2,
                "%s are set, expected at most one of them: clear the others",
                String.join(" and ", rules));
        Require.that(
                further.isEmpty() || params.modelType().columns().contains(ScoreColumn.ANOMALY),
                "%s has no anomaly scores, so it adds no severityCol, isAnomalyCol and contributionsCol; leave them empty",
                params.modelType().estimator());
        names.putAll(further);
        return of(names).explaining(params.getExplainedColumns());
    }

    /** Returns the names of the columns that are computed from anomaly scores. */
    static Map<ScoreColumn, String> ofAnomalies(LatentParams<?> params, boolean byDefault) {
        Map<ScoreColumn, String> names = new EnumMap<>(ScoreColumn.class);
        Map.of(
                        ScoreColumn.SEVERITY, params.severityCol(),
                        ScoreColumn.IS_ANOMALY, params.isAnomalyCol(),
                        ScoreColumn.CONTRIBUTIONS, params.contributionsCol())
                .forEach((column, param) ->
                        names.put(column, byDefault || params.isSet(param) ? params.getOrDefault(param) : ""));
        names.values().removeIf(String::isEmpty);
        return names;
    }

    /** Returns whether scores are compared with those of the reference rows. */
    boolean isCompared() {
        return compared != null || names.keySet().stream().anyMatch(ScoreColumn::isOfAnomaly);
    }

    /** Returns the number of columns. */
    int count() {
        return names.size() + (features == null ? 0 : 1) + (compared == null ? 0 : 1);
    }

    /** Returns a value of a column that says nothing. */
    static Object nothing(ScoreColumn column) {
        return switch (column) {
            case RESPONSIBILITIES, LATENT, LATENT_VARIANCE, LATENT_SAMPLE, RECONSTRUCTION, IMPUTED -> Vectors.zeros(0);
            case COMPONENT -> 0;
            case LOG_DENSITY, RECONSTRUCTION_ERROR, ANOMALY, STANDARDIZED, REAL_PROBABILITY -> 0.0;
            case OWN_MODEL -> false;
            case SEVERITY, IS_ANOMALY, CONTRIBUTIONS -> null;
        };
    }

    /** Returns the place of a column among these. */
    int place(ScoreColumn column) {
        return List.copyOf(names.keySet()).indexOf(column);
    }

    /**
     * Returns the schema with the added columns.
     *
     * @param width number of features of a row; 0 if it is not known yet
     * @param latents number of latent variables
     * @param components K; 0 if there are none, or if it is not known yet
     * @throws io.github.sparklatent.learn.DataException if a column exists already
     */
    StructType append(StructType schema, int width, int latents, int components) {
        StructType out = schema;
        for (Map.Entry<ScoreColumn, String> added : names.entrySet()) {
            String name = added.getValue();
            StructField field = switch (added.getKey()) {
                case RESPONSIBILITIES -> vector(name, components);
                case COMPONENT -> component(name, components);
                case LATENT, LATENT_VARIANCE, LATENT_SAMPLE -> vector(name, latents);
                case RECONSTRUCTION, IMPUTED -> vector(name, width);
                case LOG_DENSITY, RECONSTRUCTION_ERROR, ANOMALY, STANDARDIZED, REAL_PROBABILITY ->
                    DataTypes.createStructField(name, DataTypes.DoubleType, false);
                case OWN_MODEL -> DataTypes.createStructField(name, DataTypes.BooleanType, false);
                case SEVERITY -> DataTypes.createStructField(name, DataTypes.DoubleType, true);
                case IS_ANOMALY -> DataTypes.createStructField(name, DataTypes.BooleanType, true);
                case CONTRIBUTIONS -> DataTypes.createStructField(name, Explanations.TYPE, true);
            };
            out = SchemaColumns.add(out, added.getKey().modelColumn(), field);
        }
        if (features != null) {
            out = SchemaColumns.add(out, "features", vector(features, width));
        }
        return compared == null
                ? out
                : SchemaColumns.add(
                        out, "compared", DataTypes.createStructField(compared, DataTypes.DoubleType, false));
    }

    /** Returns the schema with the columns that a model adds. */
    StructType append(StructType schema, LatentModel<?> model) {
        return append(schema, model.numFeatures(), model.latentCount(), model.componentCount());
    }

    private static StructField component(String name, int components) {
        NominalAttribute attribute = NominalAttribute.defaultAttr().withName(name);
        return new StructField(
                name,
                DataTypes.IntegerType,
                false,
                (components == 0 ? attribute : attribute.withNumValues(components)).toMetadata());
    }

    private static StructField vector(String name, int size) {
        AttributeGroup group = size == 0 ? new AttributeGroup(name) : new AttributeGroup(name, size);
        StructField field = group.toStructField();
        return new StructField(name, field.dataType(), false, field.metadata());
    }
}
