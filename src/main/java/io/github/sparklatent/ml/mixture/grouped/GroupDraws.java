package io.github.sparklatent.ml.mixture.grouped;

import io.github.sparklatent.cluster.reduce.Shipped;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.MixedSampler;
import io.github.sparklatent.ml.core.SampleRequest;
import io.github.sparklatent.scoring.SizedCache;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Draws rows: the group in proportion to the weights of the training rows, then the row from the group's mixture. All
 * groups with too few rows are one group, whose keys are null. A row is a function of the seed and of its index.
 */
record GroupDraws(GroupFigures figures, String featuresCol, int width) {
    static final String COMPONENT = "component";

    /** Bytes of the samplers that a task keeps. */
    private static final long MOST_BYTES = 1L << 26;

    /** Bytes of the objects of a sampler, besides its parameters. */
    private static final long OBJECT_BYTES = 1024;

    /** The sampler of a mixture, and its approximate size. */
    private record Sized(MixedSampler sampler, long bytes) {
        static Sized of(MixedMixture mixture, long seed, boolean isComplete) {
            MixedSampler sampler = new MixedSampler(mixture, seed);
            return new Sized(isComplete ? sampler.complete() : sampler, OBJECT_BYTES + mixture.bytes());
        }
    }

    Dataset<Row> of(SampleRequest request, Broadcast<Shipped<GroupMixtures>> mixtures) {
        if (request.component().isPresent()) {
            throw new UsageException(
                    "sample.component is %d, but each group has a mixture with components of its own: remove it"
                            .formatted(request.component().get()));
        }
        GroupColumns columns = figures.columns();
        StructType schema = new StructType().add(new AttributeGroup(featuresCol, width).toStructField());
        for (StructField field : columns.fields()) {
            schema = schema.add(field);
        }
        schema = schema.add(COMPONENT, DataTypes.IntegerType, false);
        double[] bounds = bounds();
        List<List<String>> keys = new ArrayList<>();
        List<List<Object>> values = new ArrayList<>();
        for (GroupModel group : figures.groups()) {
            keys.add(group.key());
            values.add(columns.values(group.key()));
        }
        keys.add(Collections.nCopies(columns.fields().size(), null));
        values.add(columns.values(keys.get(keys.size() - 1)));
        long seed = request.seed();
        long key = RandomStreams.key(seed, Purpose.GROUP);
        boolean isComplete = request.isComplete();
        return request.draw(0, schema, () -> {
            GroupMixtures shipped = mixtures.value().value();
            SizedCache<MixedMixture, Sized> samplers = new SizedCache<>(MOST_BYTES, Sized::bytes);
            return index -> {
                int group = place(bounds, RandomStreams.uniform(key, index));
                MixedSampler sampler = samplers.get(
                                shipped.of(keys.get(group)).mixture(), mixture -> Sized.of(mixture, seed, isComplete))
                        .sampler();
                int component = sampler.component(index);
                List<Object> row = new ArrayList<>();
                row.add(Vectors.dense(sampler.row(index, component)));
                row.addAll(values.get(group));
                row.add(component);
                return RowFactory.create(row.toArray());
            };
        });
    }

    /** Returns the sums of the groups' shares, then 1, which ends the share of small groups. */
    private double[] bounds() {
        List<GroupModel> groups = figures.groups();
        double[] bounds = new double[groups.size() + 1];
        double sum = 0;
        for (int i = 0; i < groups.size(); i++) {
            sum += groups.get(i).weight();
            bounds[i] = sum;
        }
        sum += figures.small().weight();
        bounds[groups.size()] = sum;
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] /= sum;
        }
        return bounds;
    }

    /** Returns the first place whose bound is above a number. */
    private static int place(double[] bounds, double number) {
        int at = Arrays.binarySearch(bounds, number);
        int next = at >= 0 ? at + 1 : -at - 1;
        while (next < bounds.length - 1 && bounds[next] <= number) {
            next++;
        }
        return Math.min(next, bounds.length - 1);
    }
}
