package io.github.sparklatent.cluster.reduce;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.LoggedWarnings;
import io.github.sparklatent.cluster.reduce.ExecutorKernels.Entry;
import io.github.sparklatent.linalg.Kernels;
import java.util.Collections;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What executors report about their kernels, and what the driver logs of it. */
@Tag("slow")
class ExecutorKernelsTest {
    private static final String WIDE = "vector, 512 bits";
    private static final String NARROW = "vector, 256 bits";
    private static final String SCALAR = "scalar, without jdk.incubator.vector";

    private final ExecutorKernels kernels = new ExecutorKernels();

    private void report(int executor, String host, String description) {
        kernels.add(new Entry(Integer.toString(executor), host, description.startsWith("vector"), description));
    }

    private List<String> warnings() {
        try (LoggedWarnings logged = LoggedWarnings.of(ExecutorKernels.class)) {
            kernels.log();
            return logged.sentences();
        }
    }

    @Test
    void executorsWithTheSameKernelsAreCounted() {
        assertThat(kernels.value()).isEqualTo("none");
        report(1, "a", WIDE);
        assertThat(kernels.value()).isEqualTo("vector, 512 bits on 1 executor");
        report(2, "a", WIDE);
        report(2, "a", WIDE); // a task that ran twice
        assertThat(kernels.value()).isEqualTo("vector, 512 bits on 2 executors");
        assertThat(warnings()).isEmpty();
    }

    @Test
    void differentWidthsAreOneWarningWithTheHosts() {
        for (int i = 1; i <= 8; i++) {
            report(i, "wide" + i, WIDE);
        }
        assertThat(warnings()).isEmpty();
        report(9, "old", NARROW); // an executor that joins later
        assertThat(warnings())
                .containsExactly("executors have different kernels: vector, 256 bits on 1 executor (old);"
                        + " vector, 512 bits on 8 executors (wide1, wide2, wide3, wide4,"
                        + " wide5 and 3 more hosts). The results have the same bits, but"
                        + " each round waits for the slowest executor; expected the same"
                        + " processors, Java and Java options on all hosts");
        report(10, "older", NARROW);
        assertThat(warnings()).as("the same warning again").isEmpty();
    }

    @Test
    void aScalarExecutorIsAWarningWithTheOption() {
        report(1, "a", SCALAR);
        assertThat(warnings())
                .containsExactly("kernels: scalar, without jdk.incubator.vector on 1 executor, several times"
                        + " slower than vector kernels; add"
                        + " --add-modules=jdk.incubator.vector to"
                        + " spark.executor.extraJavaOptions");
        report(2, "b", WIDE);
        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("on 1 executor (a); vector, 512 bits on 1 executor (b)")
                .endsWith("jdk.incubator.vector to spark.executor.extraJavaOptions");
    }

    @Test
    void copiesAreMergedByExecutor() {
        report(1, "a", WIDE);
        ExecutorKernels other = kernels.copy();
        assertThat(other.value()).isEqualTo(kernels.value());
        other.reset();
        assertThat(other.isZero()).isTrue();
        other.add(new Entry("1", "a", true, WIDE));
        other.add(new Entry("2", "b", true, WIDE));
        kernels.merge(other);
        assertThat(kernels.value()).isEqualTo("vector, 512 bits on 2 executors");
    }

    @Test
    void theTasksOfAReductionReportBothWays() {
        SparkContext spark = LocalSpark.session().sparkContext();
        String here = Kernels.description() + " on 1 executor";
        for (int length : new int[] {1, 1 << 20}) { // collected, and through a shuffle
            ExecutorKernels reported = ExecutorKernels.of(spark);
            reported.reset();
            JavaRDD<Partial> parts = JavaSparkContext.fromSparkContext(spark)
                    .parallelize(Collections.nCopies(5, 0), 5)
                    .mapPartitionsWithIndex(
                            (i, empty) -> List.of(new Partial(i, 0, 1, new double[length]))
                                    .iterator(),
                            true);
            OrderedReduction.run(parts, length);
            assertThat(reported.value()).as("%d numbers", length).isEqualTo(here);
        }
    }
}
