package io.github.sparklatent.ml;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.ml.core.ModelFamilies;
import io.github.sparklatent.ml.core.ModelLocation;
import io.github.sparklatent.ml.evaluation.AnomalyEvaluator;
import io.github.sparklatent.ml.evaluation.MixtureEvaluator;
import io.github.sparklatent.ml.mixture.grouped.GroupedMixture;
import io.github.sparklatent.ml.mixture.grouped.GroupedMixtureModel;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.evaluation.Evaluator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Spark Connect's server finds operators by these files. */
@Tag("slow")
class ServicesTest {
    @Test
    void operatorsAreFound() {
        Stream<Class<?>> families = Families.types().all().stream()
                .flatMap(type -> Stream.of(
                        Families.estimator(type, "estimator").getClass(),
                        ModelFamilies.of(type).model()));
        Stream<Class<?>> others = Stream.of(
                GroupedMixture.class,
                GroupedMixtureModel.class,
                ModelLocation.class,
                AnomalyEvaluator.class,
                MixtureEvaluator.class);
        List<Class<?>> expected = Stream.concat(families, others).toList();
        assertThat(expected).hasSizeGreaterThan(20);
        assertThat(Stream.of(Estimator.class, Transformer.class, Evaluator.class)
                        .flatMap(service -> ServiceLoader.load(service).stream())
                        .filter(provider -> provider.type().getName().startsWith("io.github.sparklatent."))
                        .map(ServiceLoader.Provider::get)
                        .<Class<?>>map(Object::getClass))
                .containsExactlyInAnyOrderElementsOf(expected);
    }
}
