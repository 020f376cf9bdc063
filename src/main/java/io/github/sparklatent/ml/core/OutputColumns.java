package io.github.sparklatent.ml.core;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.ml.columns.SchemaColumns;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that a model adds to a table, in the order of {@link ScoreColumn}.
 *
 * @param names names of the added columns
 */
public record OutputColumns(Map<ScoreColumn, String> names) implements Serializable {

    /**
     * Returns the columns that the Params name; a column with an empty name is not added. Without {@code inputCols}, a
     * model with components adds the anomaly score only if its Param is set, so that the columns are those of MLlib.
     *
     * @throws IllegalArgumentException if a Param that is set names a column that the model cannot add
     */
    static OutputColumns of(LatentParams<?> params) {
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
        return new OutputColumns(names);
    }

    /** Returns the columns, in order. */
    EnumSet<ScoreColumn> columns() {
        EnumSet<ScoreColumn> columns = EnumSet.noneOf(ScoreColumn.class);
        columns.addAll(names.keySet());
        return columns;
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
                case SEVERITY, IS_ANOMALY, CONTRIBUTIONS ->
                    throw new IllegalArgumentException(name + " is computed from anomaly scores, not by a model");
            };
            out = SchemaColumns.add(out, added.getKey().modelColumn(), field);
        }
        return out;
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
