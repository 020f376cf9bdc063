package io.github.sparklatent.cluster.reduce;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.cluster.table.RowRecord;
import io.github.sparklatent.cluster.table.TableStatistics;
import io.github.sparklatent.learn.PackedDoubles;
import io.github.sparklatent.learn.PackedFloats;
import io.github.sparklatent.linalg.Block;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.serializer.Serializer;
import org.apache.spark.serializer.SerializerInstance;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** What travels between driver and executors, in a session whose serialiser is Kryo. */
@Tag("slow")
class ShippedTest {
    private static final ClassTag<Object> ANY = ClassTag$.MODULE$.apply(Object.class);

    private final JavaSparkContext context = JavaSparkContext.fromSparkContext(
            LocalSpark.session("local[2]", Map.of("spark.serializer", "org.apache.spark.serializer.KryoSerializer"))
                    .sparkContext());

    /** All that Kryo cannot read: a record, an immutable list, an immutable map. */
    record Cargo(String name, List<double[]> numbers, Map<String, Integer> counts) implements Serializable {}

    private static Cargo cargo() {
        return new Cargo("c", List.of(new double[] {1, 2}), Map.of("k", 3));
    }

    private static <T> T throughKryo(T value) {
        Serializer kryo = SparkEnv.get().serializer();
        assertThat(kryo.getClass().getName()).contains("Kryo");
        return through(kryo, value);
    }

    @SuppressWarnings("unchecked")
    private static <T> T through(Serializer serializer, T value) {
        SerializerInstance instance = serializer.newInstance();
        return (T) instance.deserialize(instance.serialize(value, ANY), ANY);
    }

    @Test
    void aBroadcastReachesTheTasksAndIsReadOnce() {
        Broadcast<Shipped<Cargo>> broadcast = context.broadcast(Shipped.of(cargo()));
        List<Integer> seen = context.parallelize(IntStream.range(0, 8).boxed().toList(), 8)
                .map(i -> {
                    Cargo cargo = broadcast.value().value();
                    assertThat(cargo.numbers().get(0)).containsExactly(1, 2);
                    assertThat(cargo.counts()).containsEntry("k", 3);
                    return System.identityHashCode(cargo);
                })
                .collect();
        assertThat(seen).hasSize(8).containsOnly(seen.get(0));
        broadcast.destroy();
    }

    @Test
    void kryoAndJavaReadTheObject() {
        Cargo sent = cargo();
        for (Serializer serializer :
                List.of(SparkEnv.get().serializer(), SparkEnv.get().closureSerializer())) {
            Cargo read = through(serializer, Shipped.of(sent)).value();
            assertThat(read).isNotSameAs(sent);
            assertThat(read.name()).isEqualTo("c");
            assertThat(read.numbers().get(0)).containsExactly(1, 2);
        }
    }

    /** The class loader of the task, which knows the jars that came with the job. */
    @Test
    void classesAreFoundByTheTasksClassLoader() {
        Thread thread = Thread.currentThread();
        ClassLoader own = thread.getContextClassLoader();
        for (Serializer serializer :
                List.of(SparkEnv.get().serializer(), SparkEnv.get().closureSerializer())) {
            List<String> asked = new ArrayList<>();
            SerializerInstance instance = serializer.newInstance();
            ByteBuffer bytes = instance.serialize(Shipped.of(cargo()), ANY);
            thread.setContextClassLoader(new ClassLoader(own) {
                @Override
                protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                    asked.add(name);
                    return super.loadClass(name, resolve);
                }
            });
            try {
                instance.deserialize(bytes, own, ANY);
            } finally {
                thread.setContextClassLoader(own);
            }
            assertThat(asked).contains(Cargo.class.getName());
        }
    }

    @Test
    void whatIsCachedOrSentBackPassesThroughKryo() {
        Block block =
                throughKryo(new Block(new DMatrixRMaj(new double[][] {{1, 2}, {3, 4}}), new double[] {0.5, 2}, 7));
        assertThat(block.rows().data).containsExactly(1, 2, 3, 4);
        assertThat(block.width()).isEqualTo(2);
        assertThat(block.weight(1)).isEqualTo(2);
        assertThat(block.count()).isEqualTo(7);

        Partial partial = throughKryo(new Partial(3, 4, 5, new double[] {6}));
        assertThat(partial).usingRecursiveComparison().isEqualTo(new Partial(3, 4, 5, new double[] {6}));

        float[] floats = {1, -0f, Float.NaN};
        assertThat(throughKryo(PackedFloats.of(floats)).values()).containsExactly(floats);
        double[] doubles = {1, -0.0, Double.NaN};
        assertThat(throughKryo(PackedDoubles.of(doubles)).values()).containsExactly(doubles);

        RowRecord row = new RowRecord();
        row.setFeatures(new double[] {1, 2});
        row.setWeight(3);
        TableStatistics statistics =
                TableStatistics.take(context.parallelize(List.of(row, row, row), 3), false, 0.5, 1);
        assertThat(statistics.rows()).isEqualTo(3);
        assertThat(throughKryo(statistics))
                .usingRecursiveComparison()
                .ignoringFields("rule")
                .isEqualTo(statistics);
    }
}
