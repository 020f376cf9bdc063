package io.github.sparklatent.ml;

import java.io.Serializable;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Names of the columns that an autoencoder adds, in this order; one that is empty is not made.
 *
 * @param variance always empty of a plain autoencoder
 */
record NetworkColumns(
        String latent, String variance, String reconstruction, String error, String anomaly)
        implements Serializable {
    static NetworkColumns of(NetworkColumnParams<?> params, String variance) {
        return new NetworkColumns(
                params.getLatentCol(),
                variance,
                params.getReconstructionCol(),
                params.getReconstructionErrorCol(),
                params.getAnomalyCol());
    }

    /**
     * The schema with the new columns.
     *
     * @param width numbers of a row; 0 where that is not known yet
     * @throws io.github.sparklatent.learn.DataException where a column exists already
     */
    StructType append(StructType schema, int latents, int width) {
        StructType out = schema;
        out = vector(out, "latent", latent, latents);
        out = vector(out, "latent variance", variance, latents);
        out = vector(out, "reconstruction", reconstruction, width);
        out = number(out, "reconstruction error", error);
        return number(out, "anomaly", anomaly);
    }

    private static StructType vector(StructType schema, String role, String name, int size) {
        if (name.isEmpty()) {
            return schema;
        }
        AttributeGroup group =
                size == 0 ? new AttributeGroup(name) : new AttributeGroup(name, size);
        StructField field = group.toStructField();
        return Columns.add(
                schema, role, new StructField(name, field.dataType(), false, field.metadata()));
    }

    private static StructType number(StructType schema, String role, String name) {
        return name.isEmpty()
                ? schema
                : Columns.add(
                        schema,
                        role,
                        DataTypes.createStructField(name, DataTypes.DoubleType, false));
    }
}
