package io.github.sparklatent.ml;

import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that a mixture adds to a table, in this order: probability, prediction, log density.
 * A column whose name is empty is not made.
 */
final class OutputColumns {
    private OutputColumns() {}

    /**
     * The schema with the new columns.
     *
     * @throws io.github.sparklatent.learn.DataException where a column exists already
     */
    static StructType append(MixtureColumnParams<?> params, StructType schema, int components) {
        StructType out = schema;
        if (!params.getProbabilityCol().isEmpty()) {
            StructField field = probability(params.getProbabilityCol(), components);
            out = Columns.add(out, "probability", field);
        }
        if (!params.getPredictionCol().isEmpty()) {
            StructField field = prediction(params.getPredictionCol(), components);
            out = Columns.add(out, "prediction", field);
        }
        if (!params.getLogDensityCol().isEmpty()) {
            StructField field =
                    DataTypes.createStructField(
                            params.getLogDensityCol(), DataTypes.DoubleType, false);
            out = Columns.add(out, "log density", field);
        }
        return out;
    }

    static StructField probability(String name, int components) {
        StructField field = new AttributeGroup(name, components).toStructField();
        return new StructField(name, field.dataType(), false, field.metadata());
    }

    static StructField prediction(String name, int components) {
        return new StructField(
                name,
                DataTypes.IntegerType,
                false,
                NominalAttribute.defaultAttr()
                        .withName(name)
                        .withNumValues(components)
                        .toMetadata());
    }
}
