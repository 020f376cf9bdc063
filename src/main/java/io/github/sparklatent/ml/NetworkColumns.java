package io.github.sparklatent.ml;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that a network's model adds, in the order of {@link NetworkColumn}.
 *
 * @param names of those that are made
 */
record NetworkColumns(Map<NetworkColumn, String> names) implements Serializable {
    /** The columns that the params name; one whose name is empty is not made. */
    static NetworkColumns of(Params params) {
        Map<NetworkColumn, String> names = new EnumMap<>(NetworkColumn.class);
        for (NetworkColumn column : NetworkColumn.values()) {
            if (params.hasParam(column.param())) {
                String name = (String) params.getOrDefault(params.getParam(column.param()));
                if (!name.isEmpty()) {
                    names.put(column, name);
                }
            }
        }
        return new NetworkColumns(names);
    }

    /** Whether a column is made. */
    boolean has(NetworkColumn column) {
        return names.containsKey(column);
    }

    /**
     * The schema with the new columns.
     *
     * @param width numbers of a row; 0 where that is not known yet
     * @param latents l
     * @param components K, 0 where there are none
     * @throws io.github.sparklatent.learn.DataException where a column exists already
     */
    StructType append(StructType schema, int width, int latents, int components) {
        StructType out = schema;
        for (Map.Entry<NetworkColumn, String> made : names.entrySet()) {
            String name = made.getValue();
            StructField field =
                    switch (made.getKey()) {
                        case PROBABILITY -> OutputColumns.probability(name, components);
                        case PREDICTION -> OutputColumns.prediction(name, components);
                        case LATENT, LATENT_VARIANCE -> vector(name, latents);
                        case RECONSTRUCTION -> vector(name, width);
                        case RECONSTRUCTION_ERROR, ANOMALY ->
                                DataTypes.createStructField(name, DataTypes.DoubleType, false);
                    };
            out = Columns.add(out, made.getKey().words(), field);
        }
        return out;
    }

    private static StructField vector(String name, int size) {
        AttributeGroup group =
                size == 0 ? new AttributeGroup(name) : new AttributeGroup(name, size);
        StructField field = group.toStructField();
        return new StructField(name, field.dataType(), false, field.metadata());
    }
}
