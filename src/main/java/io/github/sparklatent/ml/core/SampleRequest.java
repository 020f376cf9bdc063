package io.github.sparklatent.ml.core;

import io.github.sparklatent.learn.Require;
import java.io.Serializable;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.LongFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A request for rows sampled from a model.
 *
 * @param rows number of rows, at least 0
 * @param seed seed of the sampling; row i depends only on the seed and on i
 * @param only index, from 0, of the component from which all rows are drawn; null: the component of each row is drawn
 *     by the weights of the components
 * @param noise whether rows are drawn from the likelihood; otherwise they are its mean
 * @param values given values, one number for each feature, in the units of the model; NaN where none is given; null:
 *     none is given at all. Only models whose {@link LatentModel#drawsGiven} is true serve it.
 * @param isComplete whether no cell of a row may be missing
 */
public record SampleRequest(long rows, long seed, Integer only, boolean noise, double[] values, boolean isComplete)
        implements Serializable {
    public SampleRequest {
        Require.that(rows >= 0, "rows to sample is %d, expected at least 0", rows);
        values = values == null ? null : values.clone();
    }

    /** Creates a request without given values, for rows in which cells may be missing. */
    public SampleRequest(long rows, long seed, Integer component, boolean noise) {
        this(rows, seed, component, noise, null, false);
    }

    /** Returns the same request for rows in which some values are given. */
    public SampleRequest given(double[] numbers) {
        return new SampleRequest(rows, seed, only, noise, numbers, isComplete);
    }

    /** Returns the same request for another number of rows. */
    SampleRequest withRows(long other) {
        return new SampleRequest(other, seed, only, noise, values, isComplete);
    }

    /** Returns the same request for rows in which no cell is missing. */
    public SampleRequest complete() {
        return new SampleRequest(rows, seed, only, noise, values, true);
    }

    /** Returns the given values; empty if none is given at all. */
    public Optional<double[]> given() {
        return Optional.ofNullable(values);
    }

    /** Returns the index of the component from which all rows are drawn; empty: they are of all components. */
    public Optional<Integer> component() {
        return Optional.ofNullable(only);
    }

    /**
     * Returns the rows, which are drawn on the workers. Row i does not depend on the partitions.
     *
     * @param components number of components of the model; 0 if it has none
     * @param schema schema of the rows
     * @param source creates the sampler of each task
     */
    public Dataset<Row> draw(int components, StructType schema, Source source) {
        Require.that(
                only == null || only >= 0 && only < components,
                "component is %d, expected 0 to %d",
                only,
                components - 1);
        MapPartitionsFunction<Long, Row> drawn = indices -> {
            LongFunction<Row> sampler = source.open();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return indices.hasNext();
                }

                @Override
                public Row next() {
                    return sampler.apply(indices.next());
                }
            };
        };
        return SparkSession.builder()
                .getOrCreate()
                .range(rows)
                .mapPartitions(drawn, Encoders.row(schema))
                .to(schema);
    }

    /** Creates the sampler of a task from broadcast data. */
    public interface Source extends Serializable {
        /** Returns a function from the index of a row to the row. */
        LongFunction<Row> open();
    }
}
