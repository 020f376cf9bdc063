package io.github.sparklatent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class LocalSparkTest {
    @Test
    void oneSessionUntilAnotherKindIsAskedFor() {
        SparkSession common = LocalSpark.session();
        assertThat(LocalSpark.session()).isSameAs(common);
        SparkSession single = LocalSpark.session("local[1]", Map.of("spark.sql.shuffle.partitions", "3"));
        assertThat(common.sparkContext().isStopped()).isTrue();
        assertThat(single.sparkContext().defaultParallelism()).isEqualTo(1);
        assertThat(single.conf().get("spark.sql.shuffle.partitions")).isEqualTo("3");
        assertThat(LocalSpark.session().sparkContext().defaultParallelism()).isEqualTo(2);
        assertThat(single.sparkContext().isStopped()).isTrue();
    }

    @Test
    void tablesHaveTheColumnsAskedFor() {
        SparkSession spark = LocalSpark.session();
        assertThat(LocalSpark.table(spark, "n long, s string", new Object[] {1L, null})
                        .collectAsList()
                        .toString())
                .isEqualTo("[[1,null]]");
        assertThat(LocalSpark.numbers(spark, new double[] {1, 2}, new double[] {3, 4})
                        .columns())
                .containsExactly("x0", "x1");
        assertThat(LocalSpark.vectors(spark, new double[] {1, 2}, null).filter("features is null"))
                .satisfies(nulls -> assertThat(nulls.count()).isEqualTo(1));
    }
}
